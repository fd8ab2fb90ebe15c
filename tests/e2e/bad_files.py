# SPDX-License-Identifier: MIT
"""Files that cannot be used, each with the command that is to refuse it.

Everything is drawn from the random generator that is handed in, so a seed gives the same files.
A damage is only made where it cannot leave a file that is right.
"""

import dataclasses
import gzip
import io
import json
import struct
import zipfile
import zlib

from file_kinds import gray_png, idx, model, npy, npz, safetensors
from jpeg import jpeg

TRAIN_IMAGES, TRAIN_LABELS = "train-images-idx3-ubyte", "train-labels-idx1-ubyte"
TEST_IMAGES, TEST_LABELS = "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"
BOMB_SIZE = 30_000_000


@dataclasses.dataclass
class Case:
    group: str
    arguments: list
    files: dict = dataclasses.field(default_factory=dict)  # by path in the working folder
    says: tuple = ()  # what the line has to have
    content_size: int = 0  # of what is compressed in the files
    environment: dict = dataclasses.field(default_factory=dict)


def cuts(data, random, count):
    """The file cut short, at its ends and in between."""
    places = {0, 1, len(data) - 1, *random.sample(range(len(data)), min(count, len(data)))}
    return [data[:place] for place in sorted(places)]


def flips(data, random, count, first, last):
    """One bit in one of the bytes [first, last) turned over."""
    for place in random.sample(range(first, last), min(count, last - first)):
        yield data[:place] + bytes([data[place] ^ 1 << random.randrange(8)]) + data[place + 1:]


def longer(data, random):
    return [data + random.randbytes(count) for count in (1, 2, 100)]


IMAGE_FILES = {
    TRAIN_IMAGES: idx([12, 3, 3], [i % 251 for i in range(108)]),
    TRAIN_LABELS: idx([12], [i % 3 for i in range(12)]),
    TEST_IMAGES: idx([6, 3, 3], range(54)),
    TEST_LABELS: idx([6], [i % 3 for i in range(6)]),
}


def idx_damage(data, random):
    num_axes = data[3]
    yield from cuts(data, random, 14)
    yield from longer(data, random)
    for place, values in ((0, (1, 255)), (1, (8, 128)), (2, (0, 9, 11, 13, 14)), (3, (0, 2, 5, 255))):
        for value in values:
            if value != data[place]:
                yield data[:place] + bytes([value]) + data[place + 1:]
    for axis in range(num_axes):
        place = 4 + 4 * axis
        for size in (0, 1, 2**16, 2**31, 2**32 - 1):
            yield data[:place] + struct.pack(">I", size) + data[place + 4:]
    yield data[:4] + b"\xff" * (4 * num_axes) + data[4 + 4 * num_axes:]


def image_folders(random):
    """The four files of MNIST, one of them spoiled, plain and in gzip."""
    def case(group, name, data, content_size=0):
        files = {f"bad/{other}": good for other, good in IMAGE_FILES.items()}
        del files[f"bad/{name.removesuffix('.gz')}"]
        files[f"bad/{name}"] = data
        arguments = random.choice((["train", "--data", "bad", "--layers", "9,3", "--batch", "2"],
                                   ["data", "info", "bad"],
                                   ["gradcheck", "--data", "bad", "--layers", "9,3"]))
        return Case(group, arguments, {k: v for k, v in files.items() if v is not None},
                    (f"bad/{name}",), content_size=content_size)

    for name, good in IMAGE_FILES.items():
        yield case("missing IDX", name, None)
        for data in idx_damage(good, random):
            yield case("IDX", name, data)
        packed = gzip.compress(good, mtime=0)
        spoiled = [*cuts(packed, random, 6), *longer(packed, random),
                   *flips(packed, random, 6, len(packed) - 8, len(packed)),
                   *flips(packed, random, 1, 0, 2), packed[:2] + b"\7" + packed[3:],
                   packed[:3] + b"\xe0" + packed[4:], packed + packed]
        for data in spoiled:
            yield case("gzip", f"{name}.gz", data)
        for data in idx_damage(good, random):
            yield case("gzip of IDX", f"{name}.gz", gzip.compress(data, 1, mtime=0), len(data))
    zeros = bytes(BOMB_SIZE)
    for name, good in list(IMAGE_FILES.items())[:2]:
        for header in (good, good[:4], good[:3] + b"\1" + b"\xff\xff\xff\xff"):
            # Nothing has to be unpacked beyond what the header says; where it says more than there
            # is, what is there.
            content = BOMB_SIZE if header.endswith(b"\xff" * 4) else 0
            yield case("gzip bomb", f"{name}.gz", gzip.compress(header + zeros, 9, mtime=0), content)
    other = {**IMAGE_FILES, TEST_IMAGES: idx([6, 2, 3], range(36))}
    yield Case("IDX", ["data", "info", "bad"], {f"bad/{k}": v for k, v in other.items()}, ("bad: ",))
    high = {**IMAGE_FILES, TEST_LABELS: idx([6], [0, 1, 2, 0, 200, 1])}
    yield Case("IDX", ["data", "info", "bad"], {f"bad/{k}": v for k, v in high.items()},
               (f"bad/{TEST_LABELS}: label 4 of ", " is 200, expected a class"))
    zero = {**IMAGE_FILES, TRAIN_LABELS: idx([12], bytes(12)), TEST_LABELS: idx([6], bytes(6))}
    yield Case("IDX", ["data", "info", "bad"], {f"bad/{k}": v for k, v in zero.items()},
               ("bad: every label is 0",))
    yield Case("IDX", ["data", "info", "bad"], {"bad/a.txt": b"1", "bad/b.txt": b"2"},
               ("bad: holds a.txt, b.txt; expected",))


def picture_folders(random):
    """A folder for each class, with something in it that is wrong."""
    paper = [[255 * (x < 3 or x > 5) for x in range(9)] for _ in range(9)]
    good, other = gray_png(paper), gray_png(paper[:8])
    whole = {f"bad/{half}/{name}/{i}.png": good for half in ("train", "test") for name in "ab"
             for i in range(3)}
    place = "bad/train/b/1.png"

    def case(files, *says):
        return Case("picture folders", random.choice((["data", "info", "bad"], ["train", "--data", "bad"])),
                    files, says or (place,))

    for data in [*cuts(good, random, 6), *flips(good, random, 6, 8, len(good)), b"GIF89a", jpeg(paper)[:-9]]:
        yield case({**whole, place: data})
    for name in ("train/a/notes.txt", "test/b/x.csv", "train/loose.png", "train/b/more/1.png",
                 "test/c/1.png"):
        yield case({**whole, f"bad/{name}": b"x"}, "bad/" + name.rsplit("/", 1)[0])
    blank = gray_png([[7] * 9] * 8)
    yield case({**whole, "bad/test/a/1.png": other, place: blank}, place, "has no ink")
    yield case({"bad/a/1.png": good, "bad/b/1.png": good}, "bad: has 2 pictures of 2 classes")
    yield case({"bad/a/1.png": good}, "bad: has 1 folder")


def csv_files(random):
    """Tables of 4 features, and rows or cells that do not belong there."""
    header = "label,a,b,c,d\n"
    good = [[str(i % 3), *(f"{random.gauss(0, 1):.3f}" for _ in range(4))] for i in range(30)]
    commands = (["train", "--data", "bad/t.csv", "--layers", "4,3", "--batch", "5"],
                ["data", "info", "bad/t.csv"], ["evaluate", "run", "--data", "bad/t.csv"],
                ["sweep", "--data", "bad/t.csv", "--lr", "0.1,0.2"])

    def case(text, *says, arguments=None):
        data = text if isinstance(text, bytes) else text.encode()
        return Case("CSV", arguments or random.choice(commands), {"bad/t.csv": data},
                    ("bad/t.csv: ", *says))

    def joined(rows):
        return "\n".join(",".join(row) for row in rows) + "\n"

    for cell in ("two", "", "nan", "inf", "-inf", "1e39", "1e999", "0x10", "1,5", "1.2.3", "--1", "1 2",
                 "'3'", "\u0663", "1e", "+-1", "NaN", '"4'):
        for _ in range(2):
            row, column = random.randrange(1, 30), random.randrange(1, 5)
            rows = [list(cells) for cells in good]
            rows[row][column] = cell
            yield case(header + joined(rows), f"row {row + 2}, column ")
    for label in ("-1", "1.5", "1000", "4294967296", "1e300", "-0.5"):
        rows = [list(cells) for cells in good]
        rows[random.randrange(30)][0] = label
        yield case(header + joined(rows), arguments=random.choice(commands[:2]))
    for _ in range(10):
        rows = [list(cells) for cells in good]
        row = random.randrange(1, 30)
        rows[row] = rows[row][:random.randrange(1, 5)] if random.random() < 0.5 else rows[row] * 2
        yield case(header + joined(rows), f"row {row + 2}, column ")
    for text in ("", "\n", "\n\n\n", header, header + joined(good[:5]), joined(good[:5]),
                 joined([["0", *row[1:]] for row in good]), "0\n1\n" * 9, joined(good).encode("utf-16"),
                 header + "\0" * 50, random.randbytes(300), "a,b\nc,d\n", ",,,,\n" * 9,
                 joined(good) + '"', b"\x93NUMPY\1\0"):
        yield case(text, arguments=random.choice(commands[:2]))
    for text, says in (("1,2\n", "has 2 columns"), ("1,2,3,x\n1,2,3,y\n", "row 2"),
                       ("1,2,3,nan\n", "row 1"), ("", ""), (joined(good).replace(",", ";", 7), "row")):
        yield case(text, says, arguments=["predict", "run", "bad/t.csv"])


def npy_damage(random):
    """For a model that takes (4,)."""
    good = npy("<f4", (2, 4), struct.pack("<8f", *range(8)))
    yield from cuts(good, random, 25)
    yield from longer(good, random)
    for place in range(6):
        yield good[:place] + bytes([good[place] ^ 32]) + good[place + 1:]
    yield good[:6] + b"\4" + good[7:]
    yield good[:8] + b"\xff\xff" + good[10:]
    yield good[:8] + b"\0\0" + good[10:]
    for old, new in (("'<f4'", "'|O'"), ("'<f4'", "'<f2'"), ("'<f4'", "'<c8'"), ("'<f4'", "'<U4'"),
                     ("'<f4'", "[('a','<f4')]"), ("False", "0"), ("(2, 4)", "(4, 2)"),
                     ("(2, 4)", "(8,)"), ("(2, 4)", "(2, 5)"), ("(2, 4)", "(-2, 4)"), ("(2, 4)", "2"),
                     ("(2, 4)", f"({2**63}, 4)"), ("(2, 4)", f"({2**62}, 4)"), ("(2, 4)", "(2, 4"),
                     ("(2, 4)", f"({2**64}, 4)"), ("'descr'", "'des'"), ("{", "[{"), ("}", "} exec()"),
                     ("'shape'", "'descr'"), ("'shape': ", ""), ("(2, 4)", f"({'1, ' * 40})"),
                     ("(2, 4)", f"({'4294967296, ' * 4})"), ("(2, 4)", "(2, __import__('os'))")):
        text = str({"descr": "<f4", "fortran_order": False, "shape": (2, 4)}).replace(old, new)
        header = text.encode() + b"\n"
        yield b"\x93NUMPY\1\0" + struct.pack("<H", len(header)) + header + good[-32:]
    for value in (float("nan"), float("inf"), -float("inf")):
        yield npy("<f4", (2, 4), struct.pack("<8f", *[*range(7), value]))
    yield npy("<f8", (1, 4), struct.pack("<4d", 1, 2, 3, 1e300))
    yield npy("|b1", (1, 4), b"\0\1\2\0")
    for shape in ((), (0, 4), (3,), (1, 1, 4), (2, 5)):
        size = 4
        for length in shape:
            size *= length
        yield npy("<f4", shape, bytes(size))


def samples(random):
    """Files for predict."""
    for data in npy_damage(random):
        yield Case("NPY", ["predict", "run", "bad/x.npy"], {"bad/x.npy": data}, ("bad/x.npy",))
    picture = gray_png([[255 * (x < 3 or x > 5) for x in range(9)] for _ in range(9)])
    spoiled = [*cuts(picture, random, 25),
               *flips(picture, random, 60, 0, len(picture)), gray_png([[7] * 9] * 9)]
    for size in ((0, 9), (9, 0), (2**31, 9), (2**31 - 1, 2**31 - 1), (8192, 8192), (10, 10), (9, 8000)):
        header = b"IHDR" + struct.pack(">II", *size) + picture[24:29]
        spoiled.append(picture[:12] + header + struct.pack(">I", zlib.crc32(header)) + picture[33:])
    for data in spoiled:
        yield Case("PNG", ["predict", "images.safetensors", "bad/x.png"], {"bad/x.png": data},
                   ("bad/x.png",))
    photograph = jpeg([[255 * (x < 3 or x > 5) for x in range(9)] for _ in range(9)])
    spoiled = [*cuts(photograph, random, 25), *(jpeg([[7] * 9] * 9, components=n) for n in (2, 4)),
               *(jpeg([[7] * 9] * 9, size=size) for size in (
                   (0, 9), (9, 0), (65535, 9), (65500, 65500), (8192, 8192), (600, 600))),
               *(jpeg([[7] * 9] * 9, scans=n) for n in (65, 200, 800)),
               photograph.replace(b"\xff\xc0", b"\xff\xc3"), photograph.replace(b"\xff\xc0", b"\xff\xc9")]
    for data in spoiled:
        yield Case("JPEG", ["predict", "images.safetensors", "bad/x.jpg"], {"bad/x.jpg": data},
                   ("bad/x.jpg",))
    yield Case("PNG", ["predict", "run", "bad/x.png"], {"bad/x.png": picture}, ("bad/x.png",))
    for data in idx_damage(idx([2, 4], range(8)), random):
        yield Case("IDX sample", ["predict", "run", "bad/x"], {"bad/x": data}, ("bad/x",))
    for data in (b"", b"\xff\xd8\xff\xe0", b"GIF89a", b"%PDF-1.4", random.randbytes(500)):
        yield Case("other kind", ["predict", "run", "bad/x"], {"bad/x": data}, ("bad/x",))


def npz_files(random):
    """For data, as Keras has MNIST."""
    images, labels = npy("|u1", (6, 2, 2), bytes(range(24))), npy("<i8", (6,), struct.pack(
        "<6q", 0, 1, 2, 0, 1, 2))
    whole = {"x_train": images, "y_train": labels, "x_test": images, "y_test": labels}

    def case(data, content_size=0):
        return Case("NPZ", ["data", "info", "bad/x.npz"], {"bad/x.npz": data}, ("bad/x.npz",),
                    content_size=content_size)

    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        good = npz(whole, method)
        for data in [*cuts(good, random, 20), *longer(good, random)]:
            yield case(data)
        for member in zipfile.ZipFile(io.BytesIO(good)).infolist():
            start = member.header_offset + 30 + len(member.filename)
            for data in flips(good, random, 8, start, start + member.compress_size - 2):
                yield case(data)
    for name in whole:
        yield case(npz({other: data for other, data in whole.items() if other != name}))
        for data in (npy("<f4", (6, 2, 2), bytes(96)), npy("|u1", (0, 2, 2), b""),
                     npy("|u1", (24,), bytes(24)), npy("|u1", (5, 2, 2), bytes(20)), b"", images[:-1],
                     npy("<f8", (6,), struct.pack("<6d", 0, 1, 2, 0, 1, float("nan"))),
                     npy("<i8", (5,), bytes(40)), npy("|u1", (2**40, 2, 2), bytes(9))):
            yield case(npz({**whole, name: data}))
        bomb = npz({**whole, name: images + bytes(BOMB_SIZE)}, zipfile.ZIP_DEFLATED)
        yield case(bomb)
    for wrong in (256, -1):
        labels = npy("<i8", (6,), struct.pack("<6q", 0, 1, 2, 0, 1, wrong))
        yield case(npz({**whole, "y_test": labels}))
    yield case(npz({**whole, "y_train": npy("<i8", (6,), struct.pack("<6q", *[3] * 6))}))
    yield case(npz({}))


def header_changed(data, change):
    """A safetensors file whose header is changed as JSON, or as text."""
    (size,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8:8 + size])
    changed = change(header)
    text = (changed if isinstance(changed, str) else json.dumps(changed)).encode()
    return struct.pack("<Q", len(text)) + text + data[8 + size:]


def models(random):
    good = model([4, 3])
    commands = (["evaluate", "bad/m", "--data", "data.csv"], ["predict", "bad/m", "data.csv"],
                ["gradcheck", "bad/m", "--data", "data.csv"])

    def case(data):
        return Case("model", random.choice(commands), {"bad/m": data}, ("bad/m",))

    for data in [*cuts(good, random, 40), *longer(good, random)]:
        yield case(data)
    for size in (0, 1, 2**63, 2**64 - 1, len(good), len(good) - 7):
        yield case(struct.pack("<Q", size) + good[8:])

    def metadata(**more):
        return lambda header: {**header, "__metadata__": {**header["__metadata__"], **more}}

    def tensor(**more):
        return lambda header: {**header, "W1": {**header["W1"], **more}}

    for key in ("format", "format_version", "layers", "activation", "loss", "input_scale",
                "sample_shape"):
        for value in ("", "2", "x", "nan", "-1", "4,3,", "4;3", "4," + "9" * 30, "0", "4,0,3", 7, None,
                      {},
                      "1\n2", "\u0000"):
            right = key == "input_scale" and value in ("2", "-1", "0")
            if not right:
                yield case(header_changed(good, metadata(**{key: value})))
        yield case(header_changed(good, lambda header, key=key: {
            **header, "__metadata__": {k: v for k, v in header["__metadata__"].items() if k != key}}))
    for value in ("", "2", "x", "AS_IS", "as_is,mnist_style", 7, None):
        yield case(header_changed(good, metadata(pictures=value)))
    for change in ({"dtype": "F16"}, {"dtype": 3}, {"shape": [3, 4]}, {"shape": [12]},
                   {"shape": [2**62, 4]},
                   {"shape": [-4, 3]}, {"shape": "x"}, {"data_offsets": [0, 47]},
                   {"data_offsets": [4, 52]},
                   {"data_offsets": [0, 2**63]}, {"data_offsets": [48, 0]}, {"data_offsets": []},
                   {"shape": [1.5, 8]}, {"more": 1}):
        yield case(header_changed(good, tensor(**change)))
    for text in ("", "{", "[]", "null", "{}", '{"a":1}', '{"__metadata__":1}', "[" * 5000, '"' * 99,
                 json.dumps(json.loads(header_changed(good, lambda h: h)[8:-60]))[:-1] + ',"W1":{}}'):
        yield case(header_changed(good, lambda header, text=text: text))
    for value in (float("nan"), float("inf")):
        yield case(safetensors([("W1", [4, 3], [value] * 12), ("b1", [3], [0] * 3)],
                               json.loads(good[8:-60])["__metadata__"]))
    for sizes in ([3, 3], [4, 2], [5, 4, 3], [784, 10]):
        yield Case("model", ["evaluate", "bad/m", "--data", "data.csv"], {"bad/m": model(sizes)},
                   ("bad/m",))
