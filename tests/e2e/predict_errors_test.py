# SPDX-License-Identifier: MIT
"""gradus predict with files that cannot be used: exit code 2, one line that names the file, no results."""

import gzip
import struct
import unittest
import zlib

import numpy as np
from file_kinds import safetensors
from jpeg import jpeg
from png import SIGNATURE, chunk, png, write_png
from program import ProgramTest, few_digits


def picture(width, height, data, depth=8, color=0):
    """A PNG that claims this size and has these compressed pixels."""
    header = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0)
    return SIGNATURE + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


class PredictErrors(ProgramTest):
    def setUp(self):
        super().setUp()
        self.train("--data", few_digits(), "--layers", "784,10", "--iterations", 1, "--out", "run")
        self.digit = np.full((40, 40), 255)
        self.digit[5:30, 18:22] = 0
        write_png(self.folder / "good.png", self.digit)

    def complaint(self, name):
        """What is said about a file that comes after a good one."""
        process = self.run_program("predict", "run", "good.png", name, expect=2)
        self.assertEqual(process.stdout, "")
        self.assertEqual(process.stderr.count("\n"), 1, process.stderr)
        start = f"gradus: {name}: "
        self.assertTrue(process.stderr.startswith(start), process.stderr)
        return process.stderr[len(start):-1]

    def complaint_of_bytes(self, data):
        (self.folder / "x.png").write_bytes(data)
        return self.complaint("x.png")

    def complaint_of_array(self, array, **options):
        np.save(self.folder / "x.npy", array, **options)
        return self.complaint("x.npy")

    def test_of_pictures_that_are_cut_anywhere(self):
        data = png(self.digit)
        for size in range(len(data)):
            self.complaint_of_bytes(data[:size])

    def test_of_damaged_pictures(self):
        data = bytearray(png(self.digit))
        data[45] ^= 1
        self.assertEqual(self.complaint_of_bytes(data),
                         "at byte 37: the chunk is damaged: its checksum is wrong")
        self.assertIn("not a readable PNG",
                      self.complaint_of_bytes(picture(10, 10, b"hello world")))
        self.assertIn("not a readable PNG",
                      self.complaint_of_bytes(picture(10, 10, zlib.compress(bytes(50)))))
        self.assertIn("not a readable PNG",
                      self.complaint_of_bytes(picture(0, 10, zlib.compress(bytes(50)))))
        self.assertIn("not a readable PNG",
                      self.complaint_of_bytes(picture(9, 9, zlib.compress(bytes(90)), 8, 5)))

    def test_of_pictures_that_claim_to_be_huge(self):
        pixels = zlib.compress(bytes(100))
        self.assertIn("not a readable PNG", self.complaint_of_bytes(
            picture(2**31 - 1, 2**31 - 1, pixels)))
        self.assertEqual(self.complaint_of_bytes(picture(900000, 900000, pixels)),
                         "is a picture of 900000x900000, expected at most 67108864 pixels")
        self.assertEqual(self.complaint_of_bytes(picture(8000, 8000, pixels)),
                         f"claims 8000x8000 pixels, more than its {len(pixels)} bytes of pixels can "
                         "hold")

    def test_of_damaged_jpegs(self):
        data = jpeg(self.digit)
        for size in range(3, len(data), 7):
            self.assertIn("not a readable JPEG", self.complaint_of_bytes(data[:size]))
        self.assertIn("not a readable JPEG: Premature end", self.complaint_of_bytes(data[:-2]))
        self.assertIn("not a readable JPEG", self.complaint_of_bytes(jpeg(self.digit, size=(0, 9))))
        self.assertIn("not a readable JPEG", self.complaint_of_bytes(jpeg(self.digit, size=(90, 90))))

    def test_of_jpegs_of_other_kinds(self):
        self.assertEqual(self.complaint_of_bytes(jpeg(self.digit, components=4)),
                         "has four colours, as for printing (CMYK), expected gray or RGB: save it again "
                         "as RGB")
        self.assertEqual(self.complaint_of_bytes(jpeg(self.digit, components=2)),
                         "has two colours, expected gray or RGB")
        arithmetic = jpeg(self.digit).replace(b"\xff\xc0\0\x0b", b"\xff\xc9\0\x0b")
        self.assertEqual(self.complaint_of_bytes(arithmetic),
                         "is compressed by arithmetic coding, expected Huffman coding: save it again")

    def test_of_jpegs_that_would_take_long(self):
        self.assertEqual(self.complaint_of_bytes(jpeg(self.digit, size=(9000, 9000))),
                         "is a picture of 9000x9000, expected at most 67108864 pixels")
        data = jpeg(self.digit, size=(8000, 8000))
        self.assertEqual(self.complaint_of_bytes(data),
                         f"claims 8000x8000 pixels, more than its {len(data)} bytes of pixels can hold")
        self.assertEqual(self.complaint_of_bytes(jpeg(self.digit, scans=65)),
                         "not a readable JPEG: more than 64 scans")

    def test_of_pictures_without_ink(self):
        expected = "has no ink: all of the picture is about as bright as its border"
        self.assertEqual(self.complaint_of_bytes(png(np.full((30, 30), 255))), expected)
        self.assertEqual(self.complaint_of_bytes(png(np.full((30, 30), 0))), expected)
        self.assertEqual(self.complaint_of_bytes(png(np.zeros((30, 30, 2), int), 4)), expected)

    def test_of_arrays_that_do_not_fit(self):
        fits = "the model expects (28, 28) or (N, 28, 28) or (N, 784)"
        self.assertEqual(self.complaint_of_array(np.zeros((3, 27, 28), np.uint8)),
                         f"holds an array of shape (3, 27, 28), {fits}")
        self.assertEqual(self.complaint_of_array(np.uint8(3)), f"holds an array of shape (), {fits}")
        self.assertEqual(self.complaint_of_array(np.zeros((0, 28, 28), np.uint8)),
                         "holds an array of no samples, expected at least one")
        (self.folder / "t.csv").write_text("1,2,3\n")
        self.assertEqual(self.complaint("t.csv"), "has 3 columns, the network takes 784")

    def test_of_arrays_that_are_no_pixels(self):
        image = np.zeros((28, 28))
        self.assertEqual(self.complaint_of_array(image + 0.5),
                         "holds float64 of at most 1, expected pixels from 0 to 255: multiply them "
                         "by 255")
        self.assertEqual(self.complaint_of_array(image - 1),
                         "holds -1, expected pixels from 0 to 255")
        self.assertEqual(self.complaint_of_array(image + 256),
                         "holds 256, expected pixels from 0 to 255")
        image[0, 3] = np.nan
        self.assertEqual(self.complaint_of_array(image), "element 3 is nan, expected a finite number")
        image[0, 3] = np.inf
        self.assertEqual(self.complaint_of_array(image), "element 3 is inf, expected a finite number")
        image[0, 3] = -1e300
        self.assertEqual(self.complaint_of_array(image),
                         "element 3 is -1e+300, too large for a float")

    def test_of_tables_that_are_no_pixels(self):
        image = np.zeros(784)
        for rows, reason in (
                ([image + 0.5, image], "holds numbers of at most 1, expected pixels from 0 to 255: "
                                       "multiply them by 255"),
                ([image, image - 1], "holds -1, expected pixels from 0 to 255"),
                ([image, image + 256], "holds 256, expected pixels from 0 to 255")):
            np.savetxt(self.folder / "t.csv", rows, "%g", ",")
            self.assertEqual(self.complaint("t.csv"), reason)

    def test_of_a_table_in_gzip(self):
        (self.folder / "t.csv").write_bytes(gzip.compress(b"1,2\n"))
        self.assertEqual(self.complaint("t.csv"), "is compressed by gzip: decompress it first")

    def test_of_samples_without_a_finite_answer(self):
        # The hidden sums overflow, and their difference is no number.
        data = safetensors([("W1", [2, 2], [3, 0, 3, 3]), ("b1", [2], [0, 0]),
                            ("W2", [2, 2], [1, -1, -1, 1]), ("b2", [2], [0, 0])],
                           {"format": "gradus-model", "format_version": "1", "layers": "2,2,2",
                            "activation": "relu", "loss": "cross_entropy", "input_scale": "1",
                            "sample_shape": "2"})
        (self.folder / "m").write_bytes(data)
        (self.folder / "good.csv").write_text("1,2\n")
        (self.folder / "t.csv").write_text("1,2\n-3e38,1\n3e38,3e38\n")
        answer = "the network's answer is not finite; its inputs are up to 3e+38, its parameters up to 3"
        for more in ([], ["--json"]):
            process = self.run_program("predict", "m", "good.csv", "t.csv", *more, expect=2)
            self.assertEqual(process.stdout, "")
            self.assertEqual(process.stderr, f"gradus: t.csv: sample 2: {answer}\n")
        np.save(self.folder / "one.npy", np.array([3e38, 3e38]))
        process = self.run_program("predict", "m", "one.npy", expect=2)
        self.assertEqual((process.stdout, process.stderr), ("", f"gradus: one.npy: {answer}\n"))

    def test_of_arrays_with_something_that_could_run(self):
        self.assertIn('elements of type "|O", expected bool, an integer, float32 or float64',
                      self.complaint_of_array(np.array([None] * 784), allow_pickle=True))

    def test_of_files_of_another_kind(self):
        (self.folder / "x.gif").write_bytes(b"GIF89a")
        self.assertEqual(self.complaint("x.gif"),
                         "is not a PNG, JPEG, IDX or NPY file, nor a table: its name ends in none of "
                         ".csv, .tsv, .tab, .data, .train, .test, .txt")
        self.assertEqual(self.complaint("none.png"), "cannot read: No such file or directory")
        self.assertEqual(self.complaint("run"), "is a folder, expected a file")


if __name__ == "__main__":
    unittest.main()
