# SPDX-License-Identifier: MIT
"""Writes PNG files of every kind, without a library for images."""

import pathlib
import struct
import zlib

import numpy as np

GRAY, RGB, PALETTE, GRAY_ALPHA, RGB_ALPHA = 0, 2, 3, 4, 6
CHANNELS = {GRAY: 1, RGB: 3, PALETTE: 1, GRAY_ALPHA: 2, RGB_ALPHA: 4}
SIGNATURE = b"\x89PNG\r\n\x1a\n"
# The seven passes of an interlaced picture: first row and column, step of both.
PASSES = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2),
          (1, 0, 2, 1)]


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def rows(samples, depth):
    """Each row of samples (height, width, channels) as bytes, with filter 0 before it."""
    height = samples.shape[0]
    flat = np.ascontiguousarray(samples).reshape(height, -1)
    if depth == 16:
        packed = flat.astype(">u2", order="C").view(np.uint8).reshape(height, -1)
    else:
        bits = np.unpackbits(flat.astype(np.uint8)[:, :, None], axis=2)[:, :, 8 - depth:]
        packed = np.packbits(bits.reshape(height, -1), axis=1)
    return b"".join(b"\0" + row.tobytes() for row in packed)


def png(samples, color=GRAY, depth=8, palette=None, transparency=None, interlaced=False):
    """The bytes of a picture: whole numbers (height, width, channels), as the file stores them."""
    samples = np.asarray(samples).reshape(*np.shape(samples)[:2], CHANNELS[color])
    height, width = samples.shape[:2]
    if interlaced:
        parts = [samples[top::down, left::right] for top, left, down, right in PASSES]
        data = b"".join(rows(part, depth) for part in parts if part.size)
    else:
        data = rows(samples, depth)
    header = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, int(interlaced))
    return (SIGNATURE + chunk(b"IHDR", header)
            + (chunk(b"PLTE", bytes(palette)) if palette is not None else b"")
            + (chunk(b"tRNS", bytes(transparency)) if transparency is not None else b"")
            + chunk(b"IDAT", zlib.compress(data, 9)) + chunk(b"IEND", b""))


def write_png(path, *arguments, **options):
    pathlib.Path(path).write_bytes(png(*arguments, **options))
