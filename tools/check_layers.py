#!/usr/bin/env python3
"""Checks that includes run one way, and that what must not know of each other does not.

The house has layers, listed below from the ground up; a file may include its own folder and
folders below it, never one above. docs/architecture.md draws the same picture. The numerical
gradient is the second way to get what backward() gives, so it must not use it.
"""

import pathlib
import re
import sys

LAYERS = ["core", "math", "formats", "diff", "loss", "data", "nn", "optim", "train", "lab"]
INCLUDE = re.compile(r'#include "gradus/(\w+)/')
BY_DIFFERENCES = re.compile(r"numerical_gradient|numerical_step|_changes|small_moves")
SIDEWAYS = re.compile(r'#include "(?!gradus/)[^"]*/')


def main() -> int:
    root = pathlib.Path(__file__).resolve().parent.parent
    problems = []
    num_files = 0
    for top in (root / "include" / "gradus", root / "src"):
        for path in sorted(top.rglob("*.?pp")):
            num_files += 1
            layer = path.relative_to(top).parts[0]
            if layer not in LAYERS:
                problems.append(f"{path.relative_to(root)}: folder {layer} is not one of the layers")
                continue
            if SIDEWAYS.search(path.read_text()):
                problems.append(f"{path.relative_to(root)}: a private header of another folder")
            if BY_DIFFERENCES.search(path.name) and "backward" in path.read_text():
                problems.append(f"{path.relative_to(root)}: mentions backward")
            for included in INCLUDE.findall(path.read_text()):
                if LAYERS.index(included) > LAYERS.index(layer):
                    problems.append(
                        f"{path.relative_to(root)}: {layer} must not include {included}, "
                        "which stands above it")
    print("\n".join(problems) if problems else f"{num_files} files, all includes run downwards")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
