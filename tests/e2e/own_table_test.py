# SPDX-License-Identifier: MIT
"""A table of one's own, from training to new rows, and what is said when something is mixed up."""

import json
import unittest

import numpy as np
from program import ProgramTest


class OwnTable(ProgramTest):
    def setUp(self):
        super().setUp()
        random = np.random.default_rng(1)
        kinds = np.arange(90) % 3
        self.rows = [(f"{1000 * kind + random.normal() * 100:.1f}", f"{random.normal():.3f}",
                      ("ash", "beech", "oak")[kind]) for kind in kinds]
        self.write("trees.csv", "height,age,species", self.rows)
        self.train("--data", "trees.csv", "--out", "run")

    def write(self, name, header, rows):
        (self.folder / name).write_text("\n".join([header, *map(",".join, rows)]) + "\n")
        return name

    def answers(self, file):
        lines = self.run_program("predict", "run", file, "--json").stdout.splitlines()
        return [json.loads(line)["name"] for line in lines]

    def accuracy(self, file):
        return json.loads(self.run_program("evaluate", "run", "--data", file, "--json").stdout)["accuracy"]

    def complaint(self, *arguments):
        process = self.run_program(*arguments, expect=2)
        self.assertEqual(process.stderr.count("\n"), 1, process.stderr)
        return process.stderr.removeprefix("gradus: ").rstrip("\n")

    def test_is_read_by_its_columns_wherever_they_are_with_the_label_or_without(self):
        species = [row[2] for row in self.rows]
        for name, header, places in (("a.csv", "age,height", (1, 0)), ("b.csv", "species,age,height", (2, 1, 0)),
                                     ("c.csv", "height,age", (0, 1))):
            self.write(name, header, [[row[place] for place in places] for row in self.rows])
            self.assertEqual(self.answers(name), species, name)
        self.assertEqual(self.accuracy("b.csv"), 1)

    def test_of_few_rows_or_of_one_class_is_judged_whole(self):
        self.assertEqual(self.accuracy(self.write("four.csv", "species,height,age", [
            ("oak", "2000", "0"), ("ash", "0", "1"), ("oak", "1980", "1"), ("oak", "20", "0")])), 0.75)
        self.assertEqual(self.accuracy(self.write("oaks.csv", "height,age,species", [
            row for row in self.rows if row[2] == "oak"])), 1)

    def test_with_other_columns_or_classes_is_refused(self):
        self.write("no.csv", "height,weight", [("1", "2")])
        self.assertEqual(self.complaint("predict", "run", "no.csv"),
                         'no.csv: lacks column "age", which the network learned from')
        self.write("elm.csv", "height,age,species", [("1", "2", "elm")])
        self.assertEqual(self.complaint("evaluate", "run", "--data", "elm.csv"),
                         'elm.csv: row 2, column 3 "species": the label is "elm", which training never '
                         'has; its classes are "ash", "beech", "oak"')
        self.assertIn("the model knows its columns",
                      self.complaint("evaluate", "run", "--data", "elm.csv", "--label", "species"))

    def test_is_not_taken_for_a_model(self):
        start = "at byte 0: is no model, a .safetensors file, but "
        self.assertEqual(self.complaint("predict", "trees.csv", "run"),
                         f"trees.csv: {start}text; the model comes first, then what it is to judge")
        (self.folder / "net.pt").write_bytes(b"PK\x03\x04" + bytes(90))
        self.assertIn(f"net.pt: {start}a ZIP or pickle file, as PyTorch writes",
                      self.complaint("evaluate", "net.pt", "--data", "trees.csv"))
        (self.folder / "net.h5").write_bytes(b"\x89HDF\r\n\x1a\n" + bytes(90))
        self.assertEqual(self.complaint("predict", "net.h5", "trees.csv"),
                         f"net.h5: {start}an HDF5 file, as Keras writes")

    def test_of_spaces_is_read(self):
        (self.folder / "monks.txt").write_text(
            "".join(f" {i % 2} {i % 2 + 1} {i % 3 + 1} data_{i}\n" for i in range(60)))
        result = self.train("--data", "monks.txt", "--label", 1, "--ignore", 4, "--iterations", 500)
        self.assertEqual(result["test_accuracy"], 1)

    def test_names_that_are_nearly_right_are_told(self):
        for arguments, expected in {
                ("trian",): 'unknown command "trian"; did you mean train?',
                ("train", "--epoch", "3"): "unknown option --epoch; did you mean --epochs? (see --help)",
                ("train", "--activation", "rleu"):
                    '--activation: unknown activation "rleu"; did you mean relu? (see --help)',
                ("train", "--data", "mnits"): "mnits: no such file or folder, and no data set of that name; "
                                              "did you mean mnist?"}.items():
            self.assertEqual(self.complaint(*arguments), expected)

    def test_options_without_an_effect_are_refused(self):
        self.assertEqual(self.complaint("train", "--data", "trees.csv", "--optimizer", "sgd", "--momentum",
                                        "0.5"),
                         "--momentum: sgd has none; --optimizer momentum or nesterov does")
        self.assertIn("are for tables, and digits is none",
                      self.complaint("train", "--label", "species"))


if __name__ == "__main__":
    unittest.main()
