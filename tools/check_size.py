#!/usr/bin/env python3
"""Checks that no source file has grown past what a reader takes in at one sitting."""

import pathlib
import sys

MAX_LINES = 400
ENDINGS = {".hpp", ".cpp", ".py", ".ts", ".tsx"}
FOLDERS = ["include", "src", "apps", "tests", "tools", "bench", "examples"]


def main() -> int:
    root = pathlib.Path(__file__).resolve().parent.parent
    sizes = {
        path.relative_to(root): path.read_text().count("\n")
        for folder in FOLDERS
        for path in (root / folder).rglob("*")
        if path.suffix in ENDINGS
    }
    too_long = [f"{path}: {lines} lines, at most {MAX_LINES}"
                for path, lines in sorted(sizes.items()) if lines > MAX_LINES]
    median = sorted(sizes.values())[len(sizes) // 2]
    print("\n".join(too_long) if too_long else
          f"{len(sizes)} files, the median has {median} lines, none above {MAX_LINES}")
    return 1 if too_long else 0


if __name__ == "__main__":
    sys.exit(main())
