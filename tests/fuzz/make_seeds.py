#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Writes the seeds of the fuzz targets: small inputs that are right, one of each kind.

Run it after adding to it; what it writes is kept in the repository beside what fuzzing has found.
"""

import gzip
import pathlib
import sys
import zipfile

FOLDER = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent / "e2e"))
from file_kinds import checkpoint, idx, model, npy, npz, safetensors  # noqa: E402
from jpeg import exif, jpeg  # noqa: E402
from png import GRAY_ALPHA, PALETTE, RGB, RGB_ALPHA, png  # noqa: E402


PIXELS = [[0, 255, 128], [7, 200, 90]]
SEEDS = {
    "idx": {"vector": idx([3], b"abc"), "images": idx([2, 2, 2], range(8)),
            "four_axes": idx([1, 1, 2, 1], b"xy"),
            "compressed": gzip.compress(idx([3], b"abc"), mtime=0)},
    "gzip": {"short": gzip.compress(b"abc", mtime=0), "empty": gzip.compress(b"", mtime=0),
             "two_members": gzip.compress(b"abc", mtime=0) + gzip.compress(b"def", mtime=0),
             "stored": gzip.compress(bytes(range(50)), 0, mtime=0),
             "zeros": gzip.compress(bytes(5000), mtime=0)},
    "csv": {"plain": b"1,2.5,-3e-2\n0,.5,+7\n", "header": b'label,a,"b ""c"""\r\n1,2,"3"\r\n',
            "semicolons": b"1;2\n3;4", "tabs": b"a\tb\n1\t2\n", "utf8": "\ufeffx,é\n1,2\n".encode()},
    "curves": {"losses": b"iteration,loss\n0,2.3\n1,1e-3\n2,nan\n3,1.",
               "records": b"iteration,epoch,train_accuracy,test_accuracy\n0,0,.1,.2\n600,1,.8,.7\n",
               "validated": b"iteration,epoch,train_accuracy,test_accuracy,validation_accuracy,"
                            b"validation_loss\n5,.5,.1,.2,.3,2.25\n",
               "of_numbers": b"iteration,epoch,train_r2,test_r2,validation_r2,validation_loss\n"
                             b"0,0,-.5,nan,.25,1.5\n"},
    "npy": {"bytes": npy("|u1", (2, 3), bytes(6)), "floats": npy("<f4", (2,), bytes(8)),
            "big_endian": npy(">i2", (2, 1), bytes(4), True), "one": npy("<f8", (), bytes(8)),
            "booleans": npy("|b1", (2,), b"\0\1", version=2), "none": npy("<u8", (0, 4), b"", version=3)},
    "npz": {"stored": npz({"x": npy("|u1", (3,), b"abc")}, zipfile.ZIP_STORED),
            "deflated": npz({"x": npy("|u1", (60,), bytes(60)), "y": npy("<f4", (), bytes(4))},
                            zipfile.ZIP_DEFLATED)},
    "safetensors": {"two": safetensors([("W", [2, 1], [1, 2]), ("b", [], [3])], {"a": "b"}),
                    "double": safetensors([("x", [2], [1e300, 2])], {}, "F64"),
                    "empty": safetensors([("x", [0], [])], {})},
    "model": {"float": model([2, 3, 2]), "double": model([1, 2], "F64")},
    "checkpoint": {
        "float": checkpoint([("parameters", [2], [1, 2])]),
        "stopping": checkpoint([("parameters", [1], [1]), ("best_parameters", [1], [2]),
                                ("memory.m", [1], [3])], last_recorded_iteration="5",
                               best_validation_loss="0.5"),
        "double": checkpoint([("parameters", [2], [1, 2]), ("memory.velocity", [2], [3, 4])], "F64")},
    "expression": {str(i): text.encode() for i, text in enumerate((
        "x0^2 + x1^2", "sin(x)/x", "mean((x - mean(x))^2)", "2pi x0 x1 − 1/2x2", "(x+1)(x-1)",
        "-2^-3^2", "pow(x,2) max(x0,x1) min(1,e)", "exp(-x) ln(x) sqrt(abs(x))", "3·x² ÷ π×1e-4",
        "sum(sigmoid(x)^relu(x)) ** .5"))},
    "png": {"gray": png(PIXELS), "bits": png([[0, 1], [1, 0]], depth=1),
            "color": png([[[1, 2, 3], [4, 5, 6]]], RGB), "opacity": png([[[9, 9]]], GRAY_ALPHA),
            "deep": png([[[1, 2, 3, 65535]]], RGB_ALPHA, 16),
            "palette": png([[0, 1]], PALETTE, 4, palette=range(6), transparency=[0]),
            "interlaced": png([[9] * 9] * 9, interlaced=True)},
    "jpeg": {"gray": jpeg(PIXELS), "color": jpeg(PIXELS, components=3), "progressive": jpeg(PIXELS, scans=1),
             "scans": jpeg([[9] * 20] * 9, scans=5), "upright": jpeg(PIXELS, exif(6)),
             "other_end": jpeg(PIXELS, exif(3, ">")), "printing": jpeg(PIXELS, components=4)},
    "config": {"options": b'lr = 0.1\nlayers = [784, 50, 10]\noptimizer = "adam"\n',
               "section": b"# a comment\n[train]\nbatch=20\nearly_stop = 3\nquiet = true\n"},
    "arguments": {str(i): text.replace(" ", "\n").encode() for i, text in enumerate((
        "train --layers 784,50,10 --lr 0.1 --schedule step:200:0.5 --epochs=2 --quiet",
        "train --activation relu --init normal:0.1 --optimizer adam --eval-every never --seed 7",
        "evaluate runs/1 --data mnist --part all --json", "predict runs/1 a.png b.npy --draw",
        "sweep --lr 0.1,1 --json", "data info digits", "data make digits --out d --seed 3",
        "data get mnist", "data list --json", "diff x^2 --at 3,-4 --method central --h 1e-4 --sweep",
        "descend -x0^2 --from +1,2 --steps 5 --lr 0.1", "gradcheck --plant W2 --samples 10",
        "--version", "train --help"))},
}


def main():
    for target, seeds in SEEDS.items():
        folder = FOLDER / "seeds" / target
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in seeds.items():
            (folder / name).write_bytes(data)


if __name__ == "__main__":
    main()
