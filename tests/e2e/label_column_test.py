# SPDX-License-Identifier: MIT
"""Which column of a table is the label: found, asked for, or missing; and whether what it holds are classes."""

import json
import random
import unittest

from program import ProgramTest


def points(count=90):
    """Rows of two numbers and the class that the first of them tells, 0, 1 or 2."""
    source = random.Random(1)
    return [(f"{source.gauss(10 * (i % 3), 1):.2f}", f"{source.gauss(0, 1):.3f}", i % 3) for i in range(count)]


class LabelColumn(ProgramTest):
    def write(self, name, header, rows):
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("".join(",".join(map(str, row)) + "\n" for row in [*([header] if header else []), *rows]))
        return name

    def complaint(self, *arguments):
        """The one line of a refusal, which writes nothing."""
        before = sorted(self.folder.rglob("*"))
        process = self.run_program(*arguments, expect=2)
        self.assertEqual((process.stdout, process.stderr.count("\n")), ("", 1), process.stderr)
        self.assertEqual(sorted(self.folder.rglob("*")), before)
        return process.stderr.removeprefix("gradus: ").rstrip("\n")

    def refuses(self, data, expected):
        """Whoever reads the data says the same."""
        for command in (["data", "info", data], ["train", "--data", data, "--iterations", 1],
                        ["sweep", "--data", data, "--lr", "0.1,0.2"]):
            self.assertEqual(self.complaint(*command), f"{data}{expected}")

    def classes(self, file):
        return [json.loads(line)["class"] for line in
                self.run_program("predict", "run", file, "--json").stdout.splitlines()]


class Choice(LabelColumn):
    def test_is_said_at_once_and_can_be_made_otherwise(self):
        table = self.write("women.csv", ["Pregnancies", "Glucose", "Outcome"],
                           [(i % 9, f"{80 + 40 * kind + float(b):.1f}", kind % 2)
                            for i, (_, b, kind) in enumerate(points())])
        shown = self.run_program("train", "--data", table, "--iterations", 5).stdout.splitlines()
        self.assertEqual(shown[0], "data      women.csv: 75 training and 15 test samples of 2 features, 2 classes")
        self.assertEqual(shown[1], 'label     column 3 "Outcome", by its name; 2 classes')
        shown = self.run_program("train", "--data", table, "--label", "pregnancies", "--iterations", 5).stdout
        self.assertEqual(shown.splitlines()[1], 'label     column 1 "Pregnancies", as asked; 9 classes')

    def test_is_asked_for_when_nothing_tells(self):
        self.write("t.csv", ["sl", "sw", "kind"], points())
        self.refuses("t.csv", ": which column is the label? None is called label, class, target, species or the "
                              'like, and none is text; likely column 3 "kind" (3 different values); say --label '
                              "kind, or --target kind to learn a number")
        self.assertEqual(self.train("--data", "t.csv", "--label", "kind", "--iterations", 5)["stop_reason"],
                         "finished")

    def test_between_two_columns_is_asked_for(self):
        for second in ("label", "Label", "class"):
            self.write("t.csv", ["label", "sl", second], [(kind, a, kind) for a, _, kind in points()])
            self.refuses("t.csv", f': column 1 "label" and column 3 "{second}" may both be the label; --label 1 or '
                                  "--label 3 says which, --ignore leaves the other out")
            shown = self.run_program("data", "info", "t.csv", "--label", 1, "--ignore", 3).stdout
            self.assertIn('samples of 1 feature, 3 classes\nlabel     column 1 "label", as asked', shown)


class RowNumbers(LabelColumn):
    def test_are_told_of_and_what_is_advised_leaves_them_out(self):
        for name, called, start in (("", "column 1", 0), ("id", 'column 1 "id"', 1)):
            self.write("t.csv", [name, "sl", "sw", "species"], [(i, *row) for i, row in enumerate(points(), start)])
            process = self.run_program("train", "--data", "t.csv", "--iterations", 5, "--json", "--quiet")
            self.assertIn(f"gradus: warning: {called} seems to number the rows: where rows lie in an order, a "
                          "network learns the order instead of the task [row_numbers]\n"
                          "        try: --ignore 1\n", process.stderr)
            self.assertEqual([(warning["id"], warning["number"]) for warning in
                              json.loads(process.stdout)["warnings"]], [("row_numbers", 1)])
            process = self.run_program("data", "info", "t.csv", "--ignore", 1)
            self.assertEqual(process.stderr, "")
            self.assertIn("t.csv: 75 training and 15 test samples of 2 features, 3 classes\n", process.stdout)

    def test_are_no_classes(self):
        self.write("t.csv", ["", "sl", "sw"], [(i, a, b) for i, (a, b, _) in enumerate(points())])
        self.assertEqual(self.complaint("train", "--data", "t.csv", "--label", 1),
                         "t.csv: column 1: has 90 different values in 90 rows, so they are no classes; --target 1 "
                         "learns numbers, --label NAME says which column has them")


class Classes(LabelColumn):
    def test_are_at_least_two(self):
        for only in (0, 1, "ash"):
            self.write("t.csv", ["label", "sl"], [(only, a) for a, _, _ in points()])
            self.refuses("t.csv", f': column 1 "label": every label is {only}, expected at least two classes')

    def test_of_the_test_rows_are_those_of_training(self):
        for names in ("0123", ("ash", "beech", "oak", "yew")):
            self.write("d/train.csv", ["label", "a", "b"], [(names[kind], a, b) for a, b, kind in points()])
            self.write("d/test.csv", ["label", "a", "b"],
                       [(names[i % 4], a, b) for i, (a, b, _) in enumerate(points(20))])
            listed = ", ".join(f'"{name}"' for name in names[:3])
            self.refuses("d", f'/test.csv: row 5, column 1 "label": the label is "{names[3]}", which training never '
                              f"has; its classes are {listed}")


class RowsToClassify(LabelColumn):
    def test_beside_those_to_learn_from_are_told_what_to_do_with_and_it_works(self):
        self.write("d/train.csv", ["label", "a", "b"], [(kind, a, b) for a, b, kind in points()])
        self.write("d/test.csv", ["a", "b"], [row[:2] for row in points(20)])
        self.refuses("d", '/test.csv: has no column "label"; to learn use --data d/train.csv, to classify these rows '
                          "gradus predict RUN d/test.csv")
        self.train("--data", "d/train.csv", "--iterations", 1000, "--out", "run")
        self.assertEqual(self.classes("d/test.csv"), [i % 3 for i in range(20)])

    def test_have_the_label_where_training_had_it_when_no_header_tells(self):
        right = [i % 3 for i in range(90)]
        for place in (2, 0):
            def moved(row):
                return row if place == 2 else (row[2], *row[:2])

            self.write("t.csv", moved(("a", "b", "label")), [moved(row) for row in points()])
            self.train("--data", "t.csv", "--iterations", 1000, "--out", "run")
            # Labels that are wrong are not looked at.
            self.write("no-header.csv", None, [moved((a, b, 1)) for a, b, _ in points()])
            self.assertEqual(self.classes("no-header.csv"), right)
            self.write("inputs.csv", None, [row[:2] for row in points()])
            self.assertEqual(self.classes("inputs.csv"), right)
            self.write("label-first.csv", ["label", "b", "a"], [(kind, b, a) for a, b, kind in points()])
            self.assertEqual(self.classes("label-first.csv"), right)
            self.write("wide.csv", None, [(*row, 7) for row in points()])
            self.assertEqual(self.complaint("predict", "run", "wide.csv"),
                             "wide.csv: has 4 columns, expected 3 as the table that was learned from, or its 2 "
                             "features alone")
            (self.folder / "run").rename(self.folder / f"run {place}")

    def test_of_one_class_or_few_are_all_judged(self):
        self.train("--data", self.write("t.csv", ["a", "b", "label"], points()), "--iterations", 1000, "--out", "run")
        for name, rows in (("four", points(4)), ("thirty", points(30)), ("one class", points()[::3])):
            file = self.write(f"{name}.csv", ["a", "b", "label"], rows)
            for part in ([], ["--part", "all"]):
                found = json.loads(self.run_program("evaluate", "run", "--data", file, *part, "--json").stdout)
                self.assertEqual(found["samples"], len(rows))
                self.assertEqual(found["accuracy"], 1)
            for part in ("test", "train"):
                self.assertEqual(self.complaint("evaluate", "run", "--data", file, "--part", part),
                                 f"--part: the model did not learn from {file}, so all its rows are judged")


if __name__ == "__main__":
    unittest.main()
