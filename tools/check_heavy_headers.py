#!/usr/bin/env python3
"""Checks that headers which take seconds to compile are met in few, named files.

A build takes minutes or a quarter of an hour by what its files include. CLI11 costs eight seconds
in every file that meets it, nlohmann-json five, the bodies of fmt another five; a precompiled
header of them is slower still, for what they define is then compiled in every file.
"""

import pathlib
import re
import sys

# What a header may be included by; everything else includes what these files offer instead.
ALLOWED = {
    "CLI/": ["apps/cli/options/command.cpp"],
    "nlohmann/": ["src/formats/json.cpp", "src/formats/safetensors_header.cpp"],
    "toml++/": ["apps/cli/options/config_file.cpp"],
    "fmt/format-inl.h": ["src/core/fmt_bodies.cpp"],
    "fmt/ranges.h": [],
    "hwy/foreach_target.h": ["src/math/"],
    "iostream": [],
    "regex": [],
}
INCLUDE = re.compile(r"#include <([^>]+)>")


def main() -> int:
    root = pathlib.Path(__file__).resolve().parent.parent
    found = []
    num_files = 0
    for top in ("include", "src", "apps"):
        for path in sorted((root / top).rglob("*.?pp")):
            num_files += 1
            name = path.relative_to(root).as_posix()
            for included in INCLUDE.findall(path.read_text()):
                for heavy, users in ALLOWED.items():
                    if included.startswith(heavy) and not name.startswith(tuple(users)):
                        found.append(f"{name}: <{included}> belongs in {', '.join(users) or 'no file'}")
    for path in sorted(root.rglob("CMakeLists.txt")):
        if "build" in path.relative_to(root).parts:
            continue
        text = path.read_text()
        for word in ("target_precompile_headers", "FMT_HEADER_ONLY", "fmt::fmt-header-only"):
            if word in text:
                found.append(f"{path.relative_to(root)}: {word}")
    print("\n".join(found) if found else f"{num_files} files, heavy headers only where they belong")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
