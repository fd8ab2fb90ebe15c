# SPDX-License-Identifier: MIT
"""Tables and options as spreadsheets, editors and other programs save them: read as what they are, or named."""

import json
import random
import unittest

from program import ProgramTest, few_digits

UTF_16 = 'is UTF-16, as the "Unicode text" of a spreadsheet is, or no text at all: save it as CSV UTF-8\n'
MARK = "\ufeff"  # byte order mark


def trees():
    """90 rows: height, age, species; the species tells itself by the height."""
    source = random.Random(1)
    return [(f"{source.gauss(10 * (i % 3), 1):.2f}", f"{source.gauss(0, 1):.3f}", ("ash", "beech", "oak")[i % 3])
            for i in range(90)]


def text_of(rows, separator=",", newline="\n", decimal_sign=".", header=("height", "age", "species")):
    return "".join(separator.join(cell.replace(".", decimal_sign) for cell in row) + newline
                   for row in [header, *rows])


class ForeignFiles(ProgramTest):
    def write(self, name, text, encoding="utf-8"):
        (self.folder / name).write_bytes(text.encode(encoding))
        return name

    def complaint(self, *arguments):
        """The one line of a refusal, which writes nothing."""
        before = sorted(self.folder.rglob("*"))
        process = self.run_program(*arguments, expect=2)
        self.assertEqual((process.stdout, process.stderr.count("\n")), ("", 1), process.stderr)
        self.assertEqual(sorted(self.folder.rglob("*")), before)
        return process.stderr


class Tables(ForeignFiles):
    def test_of_every_spelling_are_the_same_table(self):
        rows = trees()
        for name, text in {
                "plain": text_of(rows),
                "carriage returns alone": text_of(rows, newline="\r"),
                "carriage returns here and there": text_of(rows).replace("\n", "\r\n", 5),
                "decimal commas between semicolons": MARK + text_of(rows, ";", "\r\n", ","),
                "decimal commas between tabs": text_of(rows, "\t", "\r\n", ","),
                "decimal commas and carriage returns alone": MARK + text_of(rows, ";", "\r", ","),
                "a line that says semicolon": "sep=;\r\n" + text_of(rows, ";", "\r\n"),
                "a line that says semicolon, decimal commas": MARK + "sep=;\r\n" + text_of(rows, ";", "\r\n", ","),
                "a line that says comma": "sep=,\r\n" + text_of(rows, newline="\r\n"),
                "a line that says tab": "sep=\t\n" + text_of(rows, "\t"),
                "a line that says bar": "sep=|\n" + text_of(rows, "|")}.items():
            with self.subTest(name):
                table = self.write(f"{name}.csv", text)
                shown = self.run_program("data", "info", table).stdout
                self.assertTrue(shown.startswith(
                    f"{table}: 75 training and 15 test samples of 2 features, 3 classes\n"
                    'label     column 3 "species", by its name; 3 classes: ash, beech, oak\n'), shown)
                trained = self.train("--data", table, "--iterations", 5, "--out", f"run {name}")
                predicted = [{**json.loads(line), "file": ""} for line in self.run_program(
                    "predict", "run plain", table, "--json").stdout.splitlines()]
                judged = self.run_program("evaluate", "run plain", "--data", table, "--json").stdout
                if name == "plain":
                    first = predicted, trained["parameters_sha256"]
                    self.assertEqual(len(predicted), 90)
                self.assertEqual((predicted, trained["parameters_sha256"]), first)
                # All rows of another table, the test rows of the one that was learned from.
                self.assertEqual(json.loads(judged)["samples"], 15 if name == "plain" else 90)

    def test_in_utf_16_are_told_of(self):
        self.train("--data", self.write("plain.csv", text_of(trees())), "--iterations", 1, "--out", "run")
        for name, encoding, mark in (("x.csv", "utf-16", ""), ("x.txt", "utf-16-be", MARK),
                                     ("x.csv", "utf-16-le", "")):
            self.write(name, mark + text_of(trees(), "\t", "\r\n"), encoding)
            for command in (["data", "info", name], ["train", "--data", name], ["predict", "run", name],
                            ["evaluate", "run", "--data", name]):
                with self.subTest(encoding=encoding, command=command):
                    self.assertEqual(self.complaint(*command), f"gradus: {name}: {UTF_16}")

    def test_of_which_the_first_row_has_a_gap_lose_no_row(self):
        rows = [(str("ash beech oak".split().index(kind)), height, age) for height, age, kind in trees()]
        for gap in ("?", "", "NA", "nan", "NULL"):
            with self.subTest(gap=gap):
                table = self.write("gap.csv", text_of(rows[1:], header=("0", gap, rows[0][2])))
                self.assertIn('likely column 1 (3 different values); say --label 1, or --target 3',
                              self.complaint("data", "info", table))
                self.assertEqual(self.complaint("train", "--data", table, "--label", 1),
                                 "gradus: gap.csv: row 1, column 2: the cell is missing; --missing drop leaves "
                                 "such rows out, --missing mean fills them in\n")
                choose = ("data", "info", table, "--label", 1, "--missing")
                self.assertIn("rows left out for a missing cell: 1\n", self.run_program(*choose, "drop").stdout)
                self.assertTrue(self.run_program(*choose, "mean").stdout.startswith(
                    "gap.csv: 75 training and 15 test samples of 2 features"))
        table = self.write("gap.csv", text_of(rows[1:], header=("0", "-", rows[0][2])))
        self.assertEqual(self.complaint("data", "info", table, "--label", 1),
                         'gradus: gap.csv: row 1, column 2: "-" is not a number\n')


class Configurations(ForeignFiles):
    def options_of(self, file):
        run = self.train("--config", file, "--data", few_digits())["run"]
        return json.loads((self.folder / run / "run.json").read_text())["options"]

    def test_with_a_byte_order_mark_are_read(self):
        options = "lr = 0.5\r\niterations = 20\r\n"
        marked = self.options_of(self.write("marked.toml", MARK + options))
        self.assertEqual((marked["lr"], marked["iterations"]), (0.5, 20))
        self.assertEqual(self.options_of(self.write("plain.toml", options)), marked)
        self.write("typo.toml", MARK + "speed = 3\n")
        self.assertIn('gradus: typo.toml: unknown option "speed"; did you mean seed?',
                      self.complaint("train", "--config", "typo.toml"))

    def test_in_json_are_told_of(self):
        self.write("c.json", '{"lr": 0.5}')
        self.assertEqual(self.complaint("train", "--config", "c.json"),
                         "gradus: c.json: is JSON, expected TOML, a line for each option: lr = 0.1\n")


if __name__ == "__main__":
    unittest.main()
