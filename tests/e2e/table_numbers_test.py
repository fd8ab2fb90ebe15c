# SPDX-License-Identifier: MIT
"""What the numbers of a table are taken for: pixels or not, too large for a float, of very different sizes."""

import json
import random
import shutil
import unittest

import numpy as np
from png import write_png
from program import ProgramTest, few_digits, read_idx, write_idx

HEADER = ["label", *(f"pixel{i}" for i in range(784))]


class TableNumbers(ProgramTest):
    def write(self, name, header, rows):
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("".join(",".join(map(str, row)) + "\n" for row in [header, *rows]))
        return name

    def train_and_hear(self, *arguments):
        """What --json says, the warnings by id and what the run keeps."""
        result = self.train(*arguments)
        run = json.loads((self.folder / result["run"] / "run.json").read_text())
        return result, {warning["id"]: warning for warning in result["warnings"]}, run


class WholeNumbers(TableNumbers):
    def test_that_are_small_are_no_pixels(self):
        source = random.Random(2)
        rows = [[source.randrange(4) for _ in range(6)] for _ in range(600)]
        rows = [[int(row[0] + row[1] > row[2] + row[3]), *row] for row in rows]
        header = ["label", *"abcdef"]
        whole = self.write("whole.csv", header, rows)
        with_a_half = self.write("half.csv", header, [*rows, [1, 3, 3, 0.5, 0, 0, 0]])
        for table in (whole, with_a_half):
            result, _, run = self.train_and_hear(
                "--data", table, "--init", "xavier", "--optimizer", "adam", "--lr", 0.01, "--iterations", 2000)
            self.assertEqual(run["input_scale"], 1, table)
            self.assertEqual(result["train_accuracy"], 1, table)
            self.assertGreater(result["test_accuracy"], 0.95, table)

    def test_above_what_a_float_holds_are_told_of(self):
        source = random.Random(3)
        rows = [(i % 2, 1700000000 + i % 50 + 30 * (i % 2), f"{source.gauss(i % 2, 1):.5f}") for i in range(600)]
        table = self.write("t.csv", ["label", "ts", "v"], rows)
        process = self.run_program("train", "--data", table, "--iterations", 5, "--quiet")
        self.assertIn('gradus: warning: column 2 "ts" holds whole numbers too large for float, which keeps 7 digits: '
                      "different ones may have become the same [rounded_numbers]\n"
                      "        try: --ignore 2, or subtract the smallest from the column\n", process.stderr)
        smaller = self.write("s.csv", ["label", "ts", "v"], [(kind, ts - 1700000000, v) for kind, ts, v in rows])
        for command in (["--data", table, "--ignore", 2], ["--data", smaller]):
            self.assertEqual(self.run_program("train", *command, "--iterations", 5, "--quiet").stderr, "")


class Sizes(TableNumbers):
    def wines(self):
        """Of three growers, told by a column that goes to a thousand; one column never changes."""
        source = random.Random(4)
        means = [(13.6, 1.9, 1200), (12.3, 1.6, 450), (13.2, 3.3, 800)]
        rows = [[i % 3, *(f"{source.gauss(mean, mean / 12):.2f}" for mean in means[i % 3]), 7.0] for i in range(600)]
        return self.write("wines.csv", ["label", "alcohol", "malic", "proline", "const"], rows)

    def test_that_differ_do_no_harm(self):
        result, warnings, _ = self.train_and_hear("--data", self.wines(), "--iterations", 1000)
        self.assertEqual(warnings, {})
        self.assertGreater(result["test_accuracy"], 0.9)

    def test_that_are_left_so_are_named_as_the_cause_and_the_advice_helps(self):
        options = ("--data", self.wines(), "--iterations", 1000, "--standardize")
        _, warnings, _ = self.train_and_hear(*options, "off")
        self.assertEqual(list(warnings)[0], "input_scale")
        self.assertEqual(warnings["input_scale"]["feature"], 2)
        self.assertIn("(--standardize on)", warnings["input_scale"]["try"])
        # The first weights of xavier would be larger than the 0.01 of the run: four inputs are few.
        self.assertEqual(warnings["saturated_units"]["try"], "a smaller learning rate, or inputs nearer to 0")
        result, warnings, _ = self.train_and_hear(*options, "on")
        self.assertEqual(warnings, {})
        self.assertGreater(result["test_accuracy"], 0.9)


class Pixels(TableNumbers):
    """Digits in a table, 784 columns, beside the same digits in image files."""

    def setUp(self):
        super().setUp()
        for half, files in (("train", "train"), ("test", "t10k")):
            images = read_idx(few_digits() / f"{files}-images-idx3-ubyte")[:200]
            labels = read_idx(few_digits() / f"{files}-labels-idx1-ubyte")[:200]
            self.write(f"table/{half}.csv", HEADER, np.column_stack([labels, images.reshape(-1, 784)]).tolist())
            (self.folder / "files").mkdir(exist_ok=True)
            write_idx(self.folder / f"files/{files}-images-idx3-ubyte", images)
            write_idx(self.folder / f"files/{files}-labels-idx1-ubyte", labels)
        self.images = images

    def test_of_images_are_learned_as_images(self):
        runs = [self.train_and_hear("--data", data, "--iterations", 50, "--out", f"{data}-run")
                for data in ("table", "files")]
        for result, _, run in runs:
            self.assertEqual(run["input_scale"], 1 / 255)
            self.assertEqual(result["parameters_sha256"], runs[1][0]["parameters_sha256"])
        self.assertIn("table: 200 training and 200 test images of 28x28, 10 classes\n",
                      self.run_program("data", "info", "table").stdout)

    def test_of_images_let_the_network_read_images(self):
        for data in ("table", "files"):
            self.train("--data", data, "--iterations", 50, "--out", f"{data}-run")
        write_png(self.folder / "x.png", 255 - self.images[0])
        np.save(self.folder / "one.npy", self.images[0])
        np.save(self.folder / "many.npy", self.images[:5])
        write_idx(self.folder / "x.idx", self.images[:5])
        self.write("x.csv", HEADER[1:], self.images[:5].reshape(5, 784).tolist())
        for name in ("x.png", "one.npy", "many.npy", "x.idx", "x.csv"):
            for more in ("--json", "--draw"):
                with self.subTest(name=name, more=more):
                    table, files = (self.run_program("predict", f"{data}-run", name, more).stdout
                                    for data in ("table", "files"))
                    self.assertEqual(table, files)
                    self.assertEqual(table.count(name), 1 if name in ("x.png", "one.npy") else 5)

    def test_of_images_are_judged_in_files_too(self):
        self.train("--data", "table", "--iterations", 50, "--out", "run")
        shutil.move(self.folder / "table", self.folder / "elsewhere")
        found = json.loads(self.run_program("evaluate", "run", "--data", "elsewhere", "--json").stdout)
        again = json.loads(self.run_program("evaluate", "run", "--data", "files", "--json").stdout)
        self.assertEqual(again["confusion"], found["confusion"])


if __name__ == "__main__":
    unittest.main()
