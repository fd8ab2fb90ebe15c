# SPDX-License-Identifier: MIT
"""Writes JPEG files, sequential and progressive, without a library for images."""

import functools
import math
import struct

ZIGZAG = sorted(range(64), key=lambda i: (i // 8 + i % 8, i // 8 if (i // 8 + i % 8) % 2 else i % 8))
# A symbol is its own code, of 8 bits; the last two have 9, for no code may be of ones alone.
COUNTS = [0] * 7 + [254, 2] + [0] * 7
CODES = {symbol: (symbol, 8) if symbol < 254 else (2 * 254 + symbol - 254, 9) for symbol in range(256)}


def segment(marker, data):
    return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data


class Bits:
    def __init__(self):
        self.bits = []

    def add(self, value, count):
        self.bits += [value >> i & 1 for i in reversed(range(count))]

    def symbol(self, symbol):
        self.add(*CODES[symbol])

    def amount(self, value, run=0):
        """How many bits a number has, behind the zeros before it, and these bits."""
        size = abs(value).bit_length()
        self.symbol(run << 4 | size)
        self.add(value if value >= 0 else value + 2**size - 1, size)

    def data(self):
        bits = self.bits + [1] * (-len(self.bits) % 8)
        packed = bytes(int("".join(map(str, bits[i:i + 8])), 2) for i in range(0, len(bits), 8))
        return packed.replace(b"\xff", b"\xff\0")


@functools.cache
def cosine(u, x):
    return math.cos((2 * x + 1) * u * math.pi / 16) * (math.sqrt(0.5) if u == 0 else 1) / 2


def coefficients(plane, top, left):
    """Of a block, with all steps of quantization 1. What lies outside repeats the edge."""
    rows = [[plane[min(top + y, len(plane) - 1)][min(left + x, len(plane[0]) - 1)] - 128
             for x in range(8)] for y in range(8)]
    half = [[sum(row[x] * cosine(u, x) for x in range(8)) for u in range(8)] for row in rows]
    whole = [[sum(half[y][u] * cosine(v, y) for y in range(8)) for u in range(8)] for v in range(8)]
    return [round(whole[i // 8][i % 8]) for i in ZIGZAG]


def add_block(bits, block, before):
    bits.amount(block[0] - before)
    run = 0
    last = max((i for i in range(64) if block[i]), default=0)
    for value in block[1:last + 1]:
        if value == 0:
            run += 1
            continue
        while run > 15:
            bits.symbol(0xF0)
            run -= 16
        bits.amount(value, run)
        run = 0
    if last < 63:
        bits.symbol(0)


def exif(orientation, order="<"):
    tiff = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "IHHHIHHI", 8, 1, 0x0112, 3, 1,
                                                                 orientation, 0, 0)
    return segment(0xE1, b"Exif\0\0" + tiff)


def jpeg(rows, more=b"", components=1, size=None, scans=None):
    """A picture of rows of pixels from 0 to 255: the brightness, beside components of no colour.

    more    segments that go before the picture
    size    what it claims to have as (height, width), if not what it has
    scans   a progressive one: of each but the first coefficient, this many scans, all but the last
            without anything
    """
    height, width = size or (len(rows), len(rows[0]))
    frame = struct.pack(">BHHB", 8, height, width, components)
    frame += b"".join(bytes([i, 0x11, 0]) for i in range(1, components + 1))
    head = b"\xff\xd8" + more + segment(0xDB, bytes([0] + [1] * 64))
    head += segment(0xC2 if scans else 0xC0, frame)
    head += segment(0xC4, bytes([0] + [0] * 7 + [16] + [0] * 8 + list(range(16))))
    head += segment(0xC4, bytes([16] + COUNTS + list(range(256))))
    blocks = [coefficients(rows, top, left) for top in range(0, len(rows), 8)
              for left in range(0, len(rows[0]), 8)]
    if scans:
        return head + progressive(blocks, scans) + b"\xff\xd9"
    bits, before = Bits(), 0
    for block in blocks:
        add_block(bits, block, before)
        before = block[0]
        for _ in range(components - 1):
            bits.symbol(0)
            bits.symbol(0)
    chosen = b"".join(bytes([i, 0]) for i in range(1, components + 1))
    return head + segment(0xDA, bytes([components]) + chosen + b"\0\x3f\0") + bits.data() + b"\xff\xd9"


def progressive(blocks, scans):
    def scan(first, last, high, low, bits):
        return segment(0xDA, bytes([1, 1, 0, first, last, high << 4 | low])) + bits.data()

    bits, before = Bits(), 0
    for block in blocks:
        bits.amount(block[0] - before)
        before = block[0]
    data = scan(0, 0, 0, 0, bits)
    low = 13  # what is left out: no number has more bits
    nothing = Bits()
    for _ in range(len(blocks)):
        nothing.symbol(0)
    for i in range(scans - 1):
        first = 1 + i % 63
        data += scan(first, first, 0 if i < 63 else low - i // 63 + 1, low - i // 63, nothing)
    if scans > 1:  # the rest is as it is: nothing can be told any more
        return data
    bits = Bits()
    for block in blocks:
        alone = Bits()
        add_block(alone, [0, *block[1:]], 0)
        bits.bits += alone.bits[8:]
    return data + scan(1, 63, 0, 0, bits)
