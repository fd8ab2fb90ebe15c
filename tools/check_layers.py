#!/usr/bin/env python3
"""Checks that includes run one way, and that what must not know of each other does not.

The house has layers, listed below from the ground up; a file may include its own folder and
folders below it, never one above. docs/architecture.md draws the same picture. Private headers, in
src/, follow the same order: "math/column_lists.hpp" is one of another folder, a bare name one of
the same; public headers include public ones only. The rooms of the program follow an order of
their own, above the library. The numerical gradient is the second way to get what backward()
gives, so it must not use it.
"""

import pathlib
import re
import sys

LAYERS = ["core", "math", "formats", "diff", "loss", "data", "nn", "optim", "train", "runs",
          "texts", "lab", "lab/experiments"]
ROOMS = ["proof", "terminal", "downloads", "pictures", "inputs", "options", "commands"]
INCLUDE = re.compile(r'#include "([^"]+)"')
BY_DIFFERENCES = re.compile(r"numerical_gradient|_changes|small_moves")


def folder_of(path):
    return pathlib.PurePosixPath(path).parent.as_posix()


def problems_of_library(path, layer, is_public):
    """What is wrong with one file of the library."""
    text = path.read_text()
    if BY_DIFFERENCES.search(path.name) and "backward" in text:
        yield "mentions backward"
    for included in INCLUDE.findall(text):
        folder = folder_of(included.removeprefix("gradus/"))
        if is_public and not included.startswith("gradus/"):
            yield f"{included} is private, and this header is not"
        elif folder != "." and folder not in LAYERS:
            yield f"{included} is in none of the layers"
        elif folder != "." and LAYERS.index(folder) > LAYERS.index(layer):
            yield f"{layer} must not include {included}, which stands above it"


def problems_of_program(path, room):
    """What is wrong with one file of the program."""
    for included in INCLUDE.findall(path.read_text()):
        folder = folder_of(included)
        if included.startswith("gradus/"):
            continue  # any part of the library
        if folder not in ROOMS:
            yield f"{included} is in none of the rooms"
        elif ROOMS.index(folder) > ROOMS.index(room):
            yield f"{room} must not include {included}, which stands above it"


def main() -> int:
    root = pathlib.Path(__file__).resolve().parent.parent
    found = []
    num_files = 0
    for top in (root / "include" / "gradus", root / "src"):
        for path in sorted(top.rglob("*.?pp")):
            num_files += 1
            layer = path.relative_to(top).parent.as_posix()
            name = path.relative_to(root)
            if layer not in LAYERS:
                found.append(f"{name}: folder {layer} is not one of the layers")
                continue
            found += [f"{name}: {problem}"
                      for problem in problems_of_library(path, layer, top.name == "gradus")]
    program = root / "apps" / "cli"
    for path in sorted(program.rglob("*/*.?pp")):
        num_files += 1
        room = path.parent.relative_to(program).as_posix()
        name = path.relative_to(root)
        if room not in ROOMS:
            found.append(f"{name}: folder {room} is not one of the rooms")
            continue
        found += [f"{name}: {problem}" for problem in problems_of_program(path, room)]
    print("\n".join(found) if found else f"{num_files} files, all includes run downwards")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
