# SPDX-License-Identifier: MIT
"""What a run says about itself: each illness shown by a run that has it, and silence of the healthy.

docs/reliability.md has the table of ids and thresholds; each id of it is met here.
"""

import json
import pathlib
import re
import unittest

import numpy as np
from program import HAS_MNIST, ProgramTest

ROOT = pathlib.Path(__file__).resolve().parents[2]


class HonestTest(ProgramTest):
    def sick(self, *arguments, expect=0):
        """Runs quietly; returns the JSON, the warnings by id, and stderr."""
        process = self.run_program("train", *arguments, "--quiet", "--json", expect=expect)
        result = json.loads(process.stdout)
        warnings = {warning["id"]: warning for warning in result["warnings"]}
        self.assertEqual(len(warnings), len(result["warnings"]), "each at most once")
        said = process.stderr.replace("\n        try: ", " try: ")
        for warning in result["warnings"]:
            self.assertIn(f"{warning['seen']} [{warning['id']}] try: {warning['try']}\n", said)
        run = json.loads((self.folder / result["run"] / "run.json").read_text())
        self.assertEqual(run["result"], result)
        return result, warnings, process.stderr

    def table(self, name, labels, features):
        rows = np.column_stack([labels, features])
        np.savetxt(self.folder / name, rows, fmt=["%d"] + ["%.4f"] * features.shape[1],
                   delimiter=",", header="label,a,b,c,d", comments="")
        return name

    def points(self, count=3000):
        random = np.random.default_rng(1)
        x = random.normal(size=(count, 4))
        return (x[:, 0] + x[:, 1] > 0).astype(int) + (x[:, 2] > 1), x


class Diverged(HonestTest):
    def test_names_iteration_place_and_cause(self):
        result, _, error = self.sick("--lr", "1e30", "--activation", "relu", "--init", "he",
                                     "--iterations", 50, expect=1)
        self.assertEqual(
            error,
            "gradus: training diverged at iteration 2: from the inputs on, the scores were the "
            "first not to be finite (1,000 of 1,000 numbers); a learning rate of 1e+30 seems too "
            "large for sgd; no model was saved in runs/1\n"
            "        try: --lr 0.1\n")
        self.assertEqual(result["stop_reason"], "diverged")
        self.assertEqual(result["iterations"], 2)
        self.assertIsNone(result["test_accuracy"])
        found = result["divergence"]
        self.assertEqual((found["where"], found["not_finite"], found["numbers"], found["cause"]),
                         ("scores", 1000, 1000, "learning_rate"))
        self.assertEqual(list((self.folder / "runs/1").glob("*.safetensors")), [])

    def test_tells_weights_that_were_too_large_from_the_start(self):
        result, _, error = self.sick("--init", "normal:1e30", "--activation", "relu",
                                     "--iterations", 50, expect=1)
        self.assertEqual(result["divergence"]["cause"], "start")
        self.assertEqual(result["iterations"], 1)
        self.assertIn("before any update", error)
        self.assertIn("try: --init he", error)

    def test_tells_inputs_that_were_too_large(self):
        labels, x = self.points(600)
        data = self.table("large.csv", labels, x + [1e6, 0, 0, 0])
        result, warnings, error = self.sick(
            "--data", data, "--activation", "identity", "--optimizer", "sgd", "--lr", 0.1, "--batch", 20,
            "--standardize", "off", "--iterations", 500, expect=1)
        self.assertEqual(result["divergence"]["cause"], "input_scale")
        self.assertIn("input_scale", warnings)
        self.assertIn("standardize the columns", error)


class Warnings(HonestTest):
    def test_loss_not_moving_and_one_class_which_evaluate_says_too(self):
        result, warnings, _ = self.sick("--lr", "0.01", "--iterations", 600)
        self.assertEqual(list(warnings), ["loss_not_moving", "one_class"])
        self.assertAlmostEqual(warnings["loss_not_moving"]["guess"], np.log(10), delta=0.001)
        self.assertEqual(warnings["one_class"]["accuracy"], result["test_accuracy"])
        self.assertIn("--lr 0.1", warnings["loss_not_moving"]["try"])
        process = self.run_program("evaluate", result["run"], "--json")
        found = json.loads(process.stdout)["warnings"]
        self.assertEqual([warning["id"] for warning in found], ["one_class"])
        self.assertEqual(found[0]["class"], warnings["one_class"]["class"])
        self.assertRegex(process.stderr, r"^gradus: warning: class \d is the answer to 100 % of the "
                                         r"samples: ")

    def test_a_sweep_names_them_in_its_rows_and_explains_those_of_the_best(self):
        data = self.table("good.csv", *self.points())

        def rows_and_runs(rates):
            arguments = ("sweep", "--data", data, "--lr", rates, "--iterations", 1000)
            process = self.run_program(*arguments)
            rows = process.stdout.split("\n\n")[1].splitlines()[1:]
            runs = [json.loads(line)
                    for line in self.run_program(*arguments, "--json").stdout.splitlines()]
            for row, run in zip(rows, runs, strict=True):
                self.assertEqual(re.findall(r"\[(\w+)\]", row),
                                 [warning["id"] for warning in run["warnings"]])
            return [row.count("loss_not_moving") for row in rows], process.stderr

        self.assertEqual(rows_and_runs("1e-6,0.1,2e-6"), ([1, 0, 1], ""))
        counts, error = rows_and_runs("1e-6,2e-6")
        self.assertEqual(counts, [1, 1])
        self.assertEqual(error.count("[loss_not_moving]"), 1)
        self.assertIn("try: --lr 2e-05", error)

    def test_a_sweep_looks_at_the_data_first(self):
        labels, x = self.points()
        data = self.table("unscaled.csv", labels, 1000 * x)
        arguments = ("sweep", "--data", data, "--lr", "0.1,0.2", "--iterations", 5, "--layers",
                     "4,5,3", "--standardize")
        for choice, count in (("off", 1), ("on", 0), ("auto", 0), ("auto,off", 1)):
            error = self.run_program(*arguments, choice).stderr
            self.assertEqual(error.count("[input_scale]"), count, choice)

    def test_weight_decay_is_told_from_the_learning_rate(self):
        result, _, error = self.sick("--weight-decay", 1000, "--iterations", 3000, expect=1)
        self.assertEqual(result["divergence"]["cause"], "weight_decay")
        self.assertIn("each step multiplies the weights by -99", error)
        self.assertIn("try: --weight-decay 0.0001\n", error)
        _, warnings, _ = self.sick("--weight-decay", 5, "--iterations", 1200)
        self.assertIn("--weight-decay 0.0001", warnings["loss_not_moving"]["try"])

    def test_a_loss_that_comes_down_from_far_above_is_moving(self):
        _, warnings, _ = self.sick("--activation", "relu", "--init", "normal:10", "--lr", 0.01,
                                   "--iterations", 1200)
        self.assertNotIn("loss_not_moving", warnings)

    def test_loss_exploding_and_saturated_units(self):
        _, warnings, _ = self.sick("--lr", "1000", "--iterations", 600)
        self.assertGreater(warnings["loss_exploding"]["loss"], 23)
        self.assertEqual(warnings["loss_exploding"]["iteration"], 20)
        self.assertEqual(warnings["saturated_units"]["layer"], 1)
        self.assertGreater(warnings["saturated_units"]["share"], 0.9)

    def test_saturated_units_of_the_textbooks_wide_first_weights(self):
        for activation in ("sigmoid", "tanh"):
            _, warnings, _ = self.sick("--init", "normal:1", "--activation", activation,
                                       "--iterations", 600)
            self.assertEqual(list(warnings), ["saturated_units"])
            self.assertIn("--init xavier", warnings["saturated_units"]["try"])

    def test_dead_units(self):
        _, warnings, _ = self.sick("--lr", 5, "--activation", "relu", "--init", "he",
                                   "--iterations", 1200)
        self.assertEqual((warnings["dead_units"]["dead"], warnings["dead_units"]["units"]),
                         (50, 50))

    def test_input_scale(self):
        labels, x = self.points()
        data = self.table("unscaled.csv", labels, x * [1, 3000, 1, 1] + [0, 50000, 0, 0])
        run = ("--data", data, "--init", "xavier", "--iterations", 2000)
        _, warnings, _ = self.sick(*run, "--standardize", "off")
        self.assertEqual(list(warnings)[0], "input_scale")
        self.assertEqual(warnings["input_scale"]["feature"], 1)
        result, warnings, _ = self.sick(*run)
        self.assertEqual(warnings, {})
        self.assertGreater(result["test_accuracy"], 0.8)

    def test_far_from_training_by_evaluate(self):
        labels, x = self.points()
        data = self.table("unscaled.csv", labels, 1000 * x + 5000)
        result, _, _ = self.sick("--data", data, "--iterations", 300)
        process = self.run_program("evaluate", result["run"], "--json")
        self.assertNotIn("far_from_training", process.stdout)
        other = self.table("other.csv", labels, (1000 * x + 5000) * [1, 1, 1000, 1])
        process = self.run_program("evaluate", result["run"], "--data", other, "--json")
        found = {warning["id"]: warning for warning in json.loads(process.stdout)["warnings"]}
        self.assertEqual(found["far_from_training"]["feature"], 2)
        self.assertAlmostEqual(found["far_from_training"]["share"], 0.25, delta=0.01)
        self.assertIn("in the same units", process.stderr)

    def test_test_in_training(self):
        labels, x = self.points()
        (self.folder / "copies").mkdir()
        self.table("copies/train.csv", labels, x)
        self.table("copies/test.csv", np.r_[labels[:5], labels[:95]],
                   np.r_[x[:5], self.points()[1][:95] + 0.5])
        _, warnings, _ = self.sick("--data", "copies", "--init", "xavier", "--iterations", 100)
        self.assertEqual((warnings["test_in_training"]["copies"],
                          warnings["test_in_training"]["test_samples"]), (5, 100))

    def test_labels_unrelated_even_when_they_are_learned_by_heart(self):
        labels, x = self.points()
        data = self.table("shuffled.csv", np.random.default_rng(2).permutation(labels), x)
        result, warnings, _ = self.sick(
            "--data", data, "--layers", "4,300,3", "--activation", "relu", "--init", "he",
            "--optimizer", "adam", "--lr", "0.003", "--epochs", 60)
        self.assertEqual(list(warnings), ["labels_unrelated"])
        self.assertGreater(result["train_accuracy"], result["test_accuracy"] + 0.03)


    def test_no_better_than_mean_and_what_is_advised_helps(self):
        random = np.random.default_rng(4)
        x = random.normal(size=(180, 9))
        y = x[:, 0] + 2 * random.normal(size=180)
        np.savetxt(self.folder / "noisy.csv", np.column_stack([x, y]), fmt="%.4f", delimiter=",",
                   header="a,b,c,d,e,f,g,h,i,price", comments="")
        run = ("--data", "noisy.csv", "--target", "price", "--activation", "relu", "--optimizer",
               "adam", "--lr", 0.003, "--batch", 20, "--iterations", 4000)
        result, warnings, _ = self.sick(*run)
        self.assertEqual(list(warnings), ["no_better_than_mean"])
        self.assertEqual(warnings["no_better_than_mean"]["r2"], result["test_r2"])
        self.assertIn("by heart", warnings["no_better_than_mean"]["try"])
        for advised in (["--weight-decay", 1], ["--iterations", 200]):
            better, _, _ = self.sick(*run, *advised)
            self.assertGreater(better["test_r2"], result["test_r2"] + 0.2)


class Healthy(HonestTest):
    def assert_silent(self, *arguments):
        _, warnings, error = self.sick(*arguments)
        self.assertEqual(warnings, {}, arguments)
        self.assertNotIn("warning", error)

    def test_digits_with_every_activation_and_optimizer(self):
        for activation in ("sigmoid", "relu", "tanh", "identity", "step", "softmax"):
            self.assert_silent("--activation", activation, "--iterations", 1200, "--init",
                               "he" if activation == "relu" else "xavier", "--lr",
                               1 if activation == "softmax" else 0.1)
        # Sigmoid was with sgd.
        for optimizer, rate in {"momentum": 0.01, "nesterov": 0.01, "adagrad": 0.01,
                                "rmsprop": 0.001, "adam": 0.001}.items():
            self.assert_silent("--optimizer", optimizer, "--lr", rate, "--init", "xavier",
                               "--iterations", 1200)

    def test_tables(self):
        self.assert_silent("--data", self.table("good.csv", *self.points()), "--init", "xavier",
                           "--iterations", 2000)

    def test_rare_class_is_told_of_once_and_its_labels_are_not_doubted(self):
        random = np.random.default_rng(3)
        x = random.normal(size=(6000, 4))
        data = self.table("rare.csv", (x[:, 0] > 2.6).astype(int), x)
        _, warnings, _ = self.sick("--data", data, "--lr", "1e-4", "--iterations", 2000)
        self.assertIn("one_class", warnings)
        self.assertNotIn("labels_unrelated", warnings)

    @unittest.skipUnless(HAS_MNIST, "needs the real MNIST")
    def test_the_real_mnist(self):
        self.assert_silent("--data", "mnist", "--iterations", 1800)
        self.assert_silent("--data", "mnist", "--layers", "784,256,128,10", "--activation", "relu",
                           "--init", "he", "--optimizer", "adam", "--lr", "0.001", "--epochs", 2)


class Table(unittest.TestCase):
    def test_of_the_document_has_the_ids_of_the_library(self):
        def ids(path, pattern):
            return re.findall(pattern, (ROOT / path).read_text(), re.MULTILINE)
        self.assertEqual(ids("docs/reliability.md", r"^\| `(\w+)` \|"),
                         ids("include/gradus/train/finding.hpp", r"^///   (\w+_\w+)  "))


if __name__ == "__main__":
    unittest.main()
