# SPDX-License-Identifier: MIT
"""Pictures small enough for a repository, each with the script in it that drew it.

The numbers in the script are what a test can compare; pixels differ with every version of gnuplot,
its libraries and the fonts.
"""

import re
import struct
import zlib

import numpy as np

from png import PALETTE, RGB, SIGNATURE, chunk, png

KEYWORD = b"gnuplot"  # of the text that holds the script
# What edges and shades of a picture are mixed from: greys, and white with each colour of a line.
LINES = ("0072B2", "D55E00", "009E73", "CC79A7", "E69F00", "56B4E9")
PALETTE_OF_PICTURES = np.array(
    [[grey] * 3 for grey in range(0, 256, 17)]
    + [[255 - (255 - value) * part / 8 for value in bytes.fromhex(line)]
       for line in LINES for part in range(1, 9)]).round().astype(int)


def chunks(data):
    """(kind, content) of each part of a PNG file."""
    if not data.startswith(SIGNATURE):
        raise ValueError("no PNG file")
    at = len(SIGNATURE)
    while at < len(data):
        (size,) = struct.unpack(">I", data[at:at + 4])
        yield data[at + 4:at + 8], data[at + 8:at + 8 + size]
        at += size + 12


def pixels(data):
    """The colours of a PNG file of gnuplot: (height, width, 3)."""
    parts = list(chunks(data))
    width, height, depth, color, *_, interlace = struct.unpack(">IIBBBBB", parts[0][1])
    if (depth, color, interlace) != (8, RGB, 0):
        raise ValueError("a kind of PNG that gnuplot does not write")
    rows = np.frombuffer(zlib.decompress(b"".join(content for kind, content in parts
                                                  if kind == b"IDAT")), np.uint8)
    rows = rows.reshape(height, 1 + 3 * width)
    result = np.zeros((height, 3 * width), np.uint8)
    above = np.zeros(3 * width, np.uint8)
    for y in range(height):
        above = result[y] = without_filter(rows[y, 0], rows[y, 1:], above)
    return result.reshape(height, width, 3)


def without_filter(kind, row, above):
    """One row of bytes as it was before PNG made it easier to compress."""
    if kind == 0:
        return row
    if kind == 1:  # difference from the pixel on the left
        return row.reshape(-1, 3).cumsum(axis=0, dtype=np.uint64).astype(np.uint8).reshape(-1)
    if kind == 2:  # difference from the pixel above
        return row + above
    row, above, result = row.tolist(), [0, 0, 0, *above.tolist()], [0, 0, 0]
    for i, value in enumerate(row):
        left, up, up_left = result[i], above[i + 3], above[i]
        if kind == 3:
            guess = (left + up) // 2
        else:  # Paeth: the neighbour nearest to left + up - up_left, in this order
            guess = min((abs(up - up_left), 0, left), (abs(left - up_left), 1, up),
                        (abs(left + up - 2 * up_left), 2, up_left))[2]
        result.append((value + guess) & 255)
    return np.array(result[3:], np.uint8)


def shortened(script):
    """A script with three digits of each number: what a picture shows of it."""
    return re.sub(r"\d+\.\d+(?:e[-+]\d+)?", lambda number: f"{float(number[0]):.3g}", script)


def compact(data, script):
    """A picture of gnuplot with fewer colours, and the shortened script that made it inside."""
    image = pixels(data).astype(int)
    colours, indices = np.unique(image @ [65536, 256, 1], return_inverse=True)
    every = np.stack([colours >> 16, colours >> 8 & 255, colours & 255], axis=1)
    nearest = ((every[:, None] - PALETTE_OF_PICTURES) ** 2).sum(axis=2).argmin(axis=1)
    file = png(nearest[indices].reshape(image.shape[:2]), PALETTE,
               palette=PALETTE_OF_PICTURES.astype(np.uint8).tobytes())
    end = chunk(b"IEND", b"")
    return (file.removesuffix(end)
            + chunk(b"zTXt", KEYWORD + b"\0\0" + zlib.compress(shortened(script).encode(), 9)) + end)


def script_of(data):
    """The shortened script that drew a compact picture."""
    for kind, content in chunks(data):
        if kind == b"zTXt" and content.startswith(KEYWORD + b"\0"):
            return zlib.decompress(content[len(KEYWORD) + 2:]).decode()
    raise ValueError("the picture holds no script")
