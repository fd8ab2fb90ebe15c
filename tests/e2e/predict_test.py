# SPDX-License-Identifier: MIT
"""gradus predict: what a network says about images and rows, whatever they come in."""

import gzip
import json
import os
import pathlib
import pty
import subprocess
import tempfile
import unittest

import numpy as np
from jpeg import exif, jpeg
from png import GRAY, GRAY_ALPHA, PALETTE, RGB, RGB_ALPHA, png, write_png
from program import PROGRAM, ProgramTest, read_idx, read_safetensors, write_idx

NUM_DIGITS = 30


class Predict(ProgramTest):
    """With a network that has learned the built-in digits, and test digits it reads with confidence."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="gradus-test-")
        cls.addClassCleanup(folder.cleanup)
        shared = pathlib.Path(folder.name)
        run = shared / "run"
        subprocess.run([PROGRAM, "train", "--activation", "relu", "--init", "he", "--optimizer",
                        "adam", "--lr", "0.001", "--iterations", "2000", "--eval-every", "never",
                        "--quiet", "--out", run], check=True, capture_output=True, timeout=900)
        subprocess.run([PROGRAM, "data", "make", "digits", "--out", shared / "digits"], check=True,
                       capture_output=True, timeout=900)
        cls.model = run
        images = read_idx(shared / "digits/t10k-images-idx3-ubyte")[:10 * NUM_DIGITS]
        labels = read_idx(shared / "digits/t10k-labels-idx1-ubyte")[:10 * NUM_DIGITS]
        cls.probabilities = cls.by_numpy(images)
        is_sure = cls.probabilities[np.arange(len(labels)), labels] > 0.99
        assert is_sure.sum() >= NUM_DIGITS
        cls.images = images[is_sure][:NUM_DIGITS]
        cls.labels = labels[is_sure][:NUM_DIGITS]
        cls.probabilities = cls.probabilities[is_sure][:NUM_DIGITS]

    @classmethod
    def by_numpy(cls, images):
        p, metadata = read_safetensors(cls.model / "model.safetensors")
        x = images.reshape(len(images), -1) * float(metadata["input_scale"])
        scores = np.maximum(x @ p["W1"] + p["b1"], 0) @ p["W2"] + p["b2"]
        exp = np.exp(scores - scores.max(axis=1, keepdims=True))
        return exp / exp.sum(axis=1, keepdims=True)

    def predict(self, *arguments, model=None):
        process = self.run_program("predict", model or self.model, *arguments, "--json")
        return [json.loads(line) for line in process.stdout.splitlines()]

    def complaint(self, *arguments):
        process = self.run_program("predict", *arguments, expect=2)
        self.assertEqual(process.stdout, "")
        self.assertEqual(process.stderr.count("\n"), 1, process.stderr)
        return process.stderr[len("gradus: "):-1]

    # Arrays

    def test_says_what_numpy_says(self):
        write_idx(self.folder / "x.idx", self.images)
        found = self.predict("x.idx")
        self.assertEqual([entry["index"] for entry in found], list(range(NUM_DIGITS)))
        self.assertEqual({entry["file"] for entry in found}, {"x.idx"})
        np.testing.assert_allclose([entry["probabilities"] for entry in found], self.probabilities,
                                   atol=1e-5)
        self.assertEqual([entry["class"] for entry in found], self.labels.tolist())

    def test_takes_the_same_images_from_any_kind_of_array(self):
        write_idx(self.folder / "x.idx", self.images)
        expected = [entry["probabilities"] for entry in self.predict("x.idx")]
        data = gzip.compress((self.folder / "x.idx").read_bytes())
        (self.folder / "x.gz").write_bytes(data)
        self.assertEqual([e["probabilities"] for e in self.predict("x.gz")], expected)
        for type_name in ("u1", "i2", "<u2", ">u2", "<i4", ">i4", "<u4", ">u4", "<i8", ">i8", "<u8",
                          ">u8", "<f4", ">f4", "<f8", ">f8"):
            for order in "CF":
                for version in ((1, 0), (2, 0), (3, 0)):
                    with self.subTest(type=type_name, order=order, version=version):
                        array = np.asarray(self.images.astype(type_name), order=order)
                        with open(self.folder / "x.npy", "wb") as file:
                            np.lib.format.write_array(file, array, version=version)
                        found = self.predict("x.npy")
                        self.assertEqual([e["probabilities"] for e in found], expected)

    def test_takes_one_image_many_or_rows_of_features(self):
        np.save(self.folder / "many.npy", self.images)
        expected = [entry["probabilities"] for entry in self.predict("many.npy")]
        np.save(self.folder / "rows.npy", self.images.reshape(NUM_DIGITS, 784))
        self.assertEqual([e["probabilities"] for e in self.predict("rows.npy")], expected)
        for one in (self.images[3], self.images[3].reshape(784), self.images[3:4]):
            np.save(self.folder / "one.npy", one)
            self.assertEqual([e["probabilities"] for e in self.predict("one.npy")], expected[3:4])
        np.savetxt(self.folder / "rows.csv", self.images.reshape(NUM_DIGITS, 784), "%d", ",")
        self.assertEqual([e["probabilities"] for e in self.predict("rows.csv")], expected)

    def test_takes_the_rows_of_a_table_with_and_without_the_label(self):
        (self.folder / "t.csv").write_text("a,label,b\n" + "0,0,9.5\n9,1,0.5\n" * 30)
        run = self.train("--data", "t.csv", "--iterations", 300, "--batch", 10, "--lr", "0.5")["run"]
        found = self.predict("t.csv", model=run)
        self.assertEqual([entry["class"] for entry in found], [0, 1] * 30)
        (self.folder / "u.csv").write_text("0,9.5\n9,0.5\n")
        np.save(self.folder / "u.npy", [[0, 9.5], [9, 0.5]])
        for name in ("u.csv", "u.npy"):
            again = self.predict(name, model=run)
            self.assertEqual([e["probabilities"] for e in again],
                             [e["probabilities"] for e in found[:2]])
        write_png(self.folder / "x.png", self.images[0])
        self.assertEqual(self.complaint(run, "x.png"),
                         "x.png: a picture is made ready as an image of (28, 28), the model expects (2,)")
        self.assertIn("takes samples of 2 features, expected a model of images",
                      self.complaint(run, "u.csv", "--draw"))

    # Pictures

    def expect_read(self, what, write):
        """Each digit, written by `write(path, ink)`, is read as what it is."""
        names = [f"{i}.png" for i in range(NUM_DIGITS)]
        for name, image in zip(names, self.images):
            write(self.folder / name, image.astype(int))
        found = self.predict(*names)
        self.assertEqual([entry["file"] for entry in found], names)
        self.assertEqual([entry["class"] for entry in found], self.labels.tolist(), what)
        return found

    def test_reads_pictures_of_every_depth_and_colour_type(self):
        for interlaced in (False, True):
            for depth in (1, 2, 4, 8, 16):
                top = 2**depth - 1
                levels = lambda ink: (ink * top + 127) // 255  # noqa: E731
                opaque = lambda ink: np.full_like(ink, top)  # noqa: E731
                palette = [value for i in range(min(top, 255) + 1)
                           for value in 3 * [255 - i * 255 // top]]
                kinds = {
                    "dark on light": lambda ink: (top - levels(ink), GRAY),
                    "light on dark": lambda ink: (levels(ink), GRAY),
                    "palette": lambda ink: (levels(ink), PALETTE),
                    "colour": lambda ink: (np.stack([top - levels(ink), opaque(ink),
                                                     top - levels(ink)], 2), RGB),
                    "opaque": lambda ink: (np.stack([levels(ink), opaque(ink)], 2), GRAY_ALPHA),
                    "black on nothing": lambda ink: (np.stack([0 * ink, levels(ink)], 2),
                                                     GRAY_ALPHA),
                    "white on nothing": lambda ink: (np.stack(3 * [opaque(ink)] + [levels(ink)],
                                                              2), RGB_ALPHA),
                    "black, transparent where white": lambda ink: (
                        np.stack(3 * [top - levels(ink)] + [levels(ink)], 2), RGB_ALPHA),
                }
                for name, kind in kinds.items():
                    color = kind(np.zeros((1, 1), int))[1]
                    allowed = {GRAY: (1, 2, 4, 8, 16), PALETTE: (1, 2, 4, 8)}.get(color, (8, 16))
                    if depth in allowed:
                        options = {"palette": palette} if color == PALETTE else {}
                        with self.subTest(kind=name, depth=depth, interlaced=interlaced):
                            self.expect_read((name, depth), lambda path, ink: write_png(
                                path, *kind(ink), depth, interlaced=interlaced, **options))

    def test_reads_a_palette_and_a_gray_with_a_transparent_entry(self):
        # Entry 0, the paper, is transparent; the others are white.
        self.expect_read("palette", lambda path, ink: write_png(
            path, ink // 86, PALETTE, 2, palette=12 * [255], transparency=[0, 85, 170, 255]))
        # Gray 0 is transparent, what is left is light.
        self.expect_read("gray", lambda path, ink: write_png(
            path, ink, GRAY, 8, transparency=[0, 0]))

    def test_reads_jpegs_gray_and_in_colour_sequential_and_progressive(self):
        for options in ({}, {"components": 3}, {"scans": 1}):
            with self.subTest(**options):
                self.expect_read(options, lambda path, ink: path.write_bytes(
                    jpeg((255 - ink).tolist(), **options)))

    def test_turns_jpegs_upright_as_the_camera_says(self):
        # How a camera that is held this way stores what is upright.
        stored = {1: lambda ink: ink, 2: np.fliplr, 3: lambda ink: np.rot90(ink, 2), 4: np.flipud,
                  5: np.transpose, 6: lambda ink: np.rot90(ink), 7: lambda ink: np.rot90(ink, 2).T,
                  8: lambda ink: np.rot90(ink, -1)}
        for orientation, turn in stored.items():
            for order in "<>":
                with self.subTest(orientation=orientation, order=order):
                    self.expect_read(orientation, lambda path, ink: path.write_bytes(
                        jpeg(turn(255 - ink).tolist(), exif(orientation, order))))

    def test_reads_pictures_with_bytes_after_their_end(self):
        for end in (b"x", b"\0" * 300):
            self.expect_read("png", lambda path, ink: path.write_bytes(png(255 - ink) + end))
            self.expect_read("jpeg", lambda path, ink: path.write_bytes(
                jpeg((255 - ink).tolist()) + end))

    def test_reads_ink_anywhere_and_of_any_size(self):
        small = self.expect_read("as it is", lambda path, ink: write_png(path, 255 - ink))
        for scale, top, left in ((1, 30, 5), (9, 0, 0), (7, 400, 90)):
            def write(path, ink):
                page = np.full((28 * scale + top + 60, 28 * scale + left + 400), 250)
                large = np.kron(ink, np.ones((scale, scale), int))
                page[top:top + len(large), left:left + len(large)] -= large * 240 // 255
                write_png(path, page)
            with self.subTest(scale=scale):
                large = self.expect_read(scale, write)
                np.testing.assert_allclose([e["probabilities"] for e in large],
                                           [e["probabilities"] for e in small], atol=0.2)

    def test_the_digit_prepared_is_nearly_the_digit_that_was_drawn(self):
        # The built-in digits are moved by a pixel or so; centring takes that back.
        found = self.expect_read("as it is", lambda path, ink: write_png(path, ink))
        sure = [entry["probabilities"][entry["class"]] for entry in found]
        self.assertGreater(np.mean(sure), 0.9)

    # Output

    def test_shows_a_table_or_drawings(self):
        np.save(self.folder / "x.npy", self.images[:2])
        write_png(self.folder / "y.png", self.images[2])
        text = self.run_program("predict", self.model, "x.npy", "y.png").stdout.splitlines()
        self.assertEqual(text[0], "file      class  probability  next")
        self.assertRegex(text[1], rf"^x\.npy\[0\]      {self.labels[0]}  +[\d.]+ %")
        self.assertRegex(text[2], rf"^x\.npy\[1\]      {self.labels[1]}  +[\d.]+ %")
        self.assertRegex(text[3], rf"^y\.png         {self.labels[2]}  +[\d.]+ %")
        self.assertEqual(len(text), 4)
        drawn = self.run_program("predict", self.model, "x.npy", "--draw").stdout
        self.assertEqual(drawn.count("x.npy["), 2)
        self.assertIn("⣿", drawn)
        self.assertEqual(len(drawn.splitlines()), 14)

    def test_draws_on_a_terminal(self):
        np.save(self.folder / "x.npy", self.images[:2])
        np.save(self.folder / "many.npy", self.images[:11])
        for name, is_drawn in (("x.npy", True), ("many.npy", False)):
            ours, theirs = pty.openpty()
            process = subprocess.Popen([PROGRAM, "predict", self.model, name], cwd=self.folder,
                                       stdin=subprocess.DEVNULL, stdout=theirs)
            os.close(theirs)
            output = b""
            try:
                while piece := os.read(ours, 4096):
                    output += piece
            except OSError:
                pass  # how Linux says that the other end is closed
            os.close(ours)
            self.assertEqual(process.wait(timeout=900), 0)
            self.assertEqual("⣿" in output.decode(), is_drawn, name)

    def test_takes_a_runs_folder_or_its_model(self):
        np.save(self.folder / "x.npy", self.images)
        self.assertEqual(self.predict("x.npy"),
                         self.predict("x.npy", model=self.model / "model.safetensors"))
        self.assertEqual(self.run_program("evaluate", self.model, "--json").stdout,
                         self.run_program("evaluate", self.model / "model.safetensors",
                                          "--json").stdout)


if __name__ == "__main__":
    unittest.main()
