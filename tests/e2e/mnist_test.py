# SPDX-License-Identifier: MIT
"""gradus train and evaluate on the real MNIST; skipped, and counted as skipped, without it."""

import json
import sys
import unittest

import numpy as np
from program import HAS_MNIST, ProgramTest


class RealMnist(ProgramTest):
    def test_the_textbooks_run_reaches_94_percent_for_three_seeds(self):
        for seed in (1, 2, 3):
            process = self.run_program("train", "--data", "mnist", "--seed", seed, "--json")
            result = json.loads(process.stdout)
            self.assertGreaterEqual(result["test_accuracy"], 0.94)
            self.assertEqual(result["iterations"], 10000)
            self.check_curve(result)
            self.check_lines(result, process.stderr)
            run = json.loads((self.folder / result["run"] / "run.json").read_text())
            self.assertEqual(run["input_scale"], 1 / 255)  # pixels from 0 to 1

    def check_lines(self, result, shown):
        rows = self.read_csv(result["run"] + "/accuracy.csv")
        self.assertEqual([line for line in shown.splitlines() if line.startswith("train acc")],
                         ["train acc, test acc | {:.4f}, {:.4f}".format(
                             float(row["train_accuracy"]), float(row["test_accuracy"])) for row in rows])
        self.assertEqual(int(rows[-1]["iteration"]), 10000)

    def check_curve(self, result):
        # A NumPy program written after the textbook gives .1009 .7915 .8814 .9016 .9115 .9163 .9222
        # at the first epochs with one seed; other seeds stay within a point after the second.
        rows = self.read_csv(result["run"] + "/accuracy.csv")
        records = [row for row in rows if int(row["iteration"]) % 600 == 0]
        self.assertEqual([int(row["iteration"]) for row in records], list(range(0, 9601, 600)))
        curve = [float(row["test_accuracy"]) for row in records]
        self.assertAlmostEqual(curve[0], 0.1, delta=0.05)  # a guess
        self.assertAlmostEqual(result["test_accuracy"], 0.9468, delta=0.01)
        np.testing.assert_allclose(curve[2:7], [.8814, .9016, .9115, .9163, .9222], atol=0.01)
        for row in records:  # no overfitting yet: the two curves lie on each other
            self.assertAlmostEqual(float(row["train_accuracy"]), float(row["test_accuracy"]),
                                   delta=0.01)
        losses = [float(row["loss"]) for row in self.read_csv(result["run"] + "/loss.csv")]
        self.assertEqual(len(losses), 10000)
        self.assertAlmostEqual(losses[0], np.log(10), delta=0.05)
        self.assertAlmostEqual(np.mean(losses[-100:]), 0.173, delta=0.03)

    def test_a_net_trained_on_the_built_in_digits_reads_88_percent_of_it(self):
        result = self.train()
        self.assertGreater(result["test_accuracy"], 0.90)
        model = self.folder / result["run"] / "model.safetensors"
        process = self.run_program("evaluate", model, "--data", "mnist", "--json")
        self.assertGreaterEqual(json.loads(process.stdout)["accuracy"], 0.88)


if __name__ == "__main__":
    if not HAS_MNIST:
        print("set GRADUS_DATA_DIR to a folder with the real MNIST in mnist/ to run this")
        sys.exit(77)
    unittest.main()
