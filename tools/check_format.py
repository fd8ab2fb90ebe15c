#!/usr/bin/env python3
"""Checks that every C++ file is as clang-format 14 writes it (.clang-format)."""

import pathlib
import shutil
import subprocess
import sys

NOT_CHECKED = 77  # what CTest takes for skipped


def main() -> int:
    if shutil.which("clang-format") is None:
        print("clang-format is not installed: script/bootstrap clang")
        return NOT_CHECKED
    root = pathlib.Path(__file__).resolve().parent.parent
    files = [str(path) for folder in ("include", "src", "apps", "tests", "bench", "examples")
             for path in sorted((root / folder).rglob("*.?pp"))]
    check = subprocess.run(["clang-format", "--dry-run", "--Werror", *files], stderr=subprocess.PIPE,
                           text=True, check=False)
    print(check.stderr if check.returncode else f"{len(files)} files")
    return check.returncode


if __name__ == "__main__":
    sys.exit(main())
