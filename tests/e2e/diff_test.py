# SPDX-License-Identifier: MIT
"""gradus diff and gradcheck: the textbook's numbers, errors that hold, and verdicts."""

import json
import math
import unittest

from program import ProgramTest

METHODS = ["forward", "backward", "central", "five_point", "richardson", "complex_step", "dual",
           "tape"]


class Diff(ProgramTest):
    def diff(self, *arguments):
        process = self.run_program("diff", *arguments, "--json")
        self.assertEqual(process.stdout.count("\n"), 1, "--json prints one line on stdout")
        return json.loads(process.stdout)

    def test_every_method_is_within_its_error(self):
        result = self.diff("x0^2 x1 + exp(-x0) sin(3 x1)", "--at", "0.8,-1.7")
        exact = [2 * 0.8 * -1.7 - math.exp(-0.8) * math.sin(-5.1),
                 0.8 * 0.8 + 3 * math.exp(-0.8) * math.cos(-5.1)]
        self.assertAlmostEqual(result["value"], -1.088 + math.exp(-0.8) * math.sin(-5.1), places=14)
        self.assertEqual([method["method"] for method in result["methods"]], METHODS)
        for method in result["methods"]:
            for i in range(2):
                error = abs(method["derivative"][i] - exact[i])
                self.assertLessEqual(error, method["error_estimate"][i] + 1e-15, method)
                self.assertLess(method["error_estimate"][i], 1e-5)
                self.assertIsNone(method["refusal"][i])
            self.assertGreater(method["evaluations"], 0)

    def test_a_fixed_step_gives_the_textbooks_numbers(self):
        for x, exact in (("5", 0.1999999999990898), ("10", 0.2999999999986347)):
            result = self.diff("0.01x^2 + 0.1x", "--at", x, "--h", "1e-4", "--method", "central")
            (central,) = result["methods"]
            self.assertEqual(central["h"], [1e-4])
            self.assertAlmostEqual(central["derivative"][0], exact, delta=2e-16)

    def test_the_sweep_is_a_u_curve(self):
        (sweep,) = self.diff("sin(x)", "--at", "1", "--sweep")["sweep"]
        self.assertEqual([row["h"] for row in sweep], [float(f"1e-{k}") for k in range(1, 17)])
        best_central = min(sweep, key=lambda row: row["central_error"])
        best_forward = min(sweep, key=lambda row: row["forward_error"])
        self.assertEqual((best_central["h"], best_forward["h"]), (1e-5, 1e-8))
        text = self.run_program("diff", "sin(x)", "--at", "1", "--sweep").stdout
        self.assertIn("10e-50    x + h is x: the difference is 0", text)
        beside_zero = self.run_program("diff", "0.01x^2 + 0.1x", "--at", "0", "--sweep").stdout
        self.assertIn("the forward difference is 0.1\n", beside_zero)

    def test_the_sweep_survives_where_the_function_ends(self):
        for expression, x in (("log(x)", "0.05"), ("sqrt(x)", "0"), ("abs(x)", "0"), ("log(x)", "-1")):
            text = self.run_program("diff", expression, "--at", x, "--sweep").stdout
            self.assertNotIn("nan", text)
            self.diff(expression, "--at", x, "--sweep")
        self.assertIn("there is no derivative to compare with",
                      self.run_program("diff", "abs(x)", "--at", "0", "--sweep").stdout)

    def test_a_kink_is_refused(self):
        for method in self.diff("abs(x) + x", "--at", "0")["methods"]:
            self.assertEqual(method["error_estimate"], [None])
            self.assertTrue(method["refusal"][0])
        self.assertIn("kink", self.run_program("diff", "abs(x)", "--at", "0").stdout)

    def test_bad_input_gets_one_line(self):
        for arguments, complaint in (
                (["x0 +", "--at", "1"], "column 5"),
                (["x0 + x1", "--at", "1"], "x1"),
                (["x", "--at", "1,"], "--at"),
                (["x", "--at", "1", "--h", "0"], "--h: got \"0\", expected a number above 0"),
                (["x", "--at", "1", "--method", "magic"], 'unknown method "magic"'),
                (["x"], "--at")):
            process = self.run_program("diff", *arguments, expect=2)
            self.assertEqual(process.stderr.count("\n"), 1, process.stderr)
            self.assertIn(complaint, process.stderr)
            self.assertEqual(process.stdout, "")


class Gradcheck(ProgramTest):
    SMALL = ["--layers", "784,6,10", "--init", "xavier", "--samples", 20]

    def check(self, *arguments, expect=0):
        process = self.run_program("gradcheck", *arguments, "--json", expect=expect)
        return json.loads(process.stdout)

    def test_backpropagation_is_right(self):
        for activation in ("sigmoid", "relu", "tanh"):
            report = self.check(*self.SMALL, "--activation", activation)
            self.assertEqual(report["verdict"], "right", report["reason"])
            self.assertEqual([array["name"] for array in report["arrays"]],
                             ["W1", "b1", "W2", "b2"])
            for array in report["arrays"]:
                self.assertLessEqual(array["gap"], 3 * array["tolerance"])
            self.assertAlmostEqual(report["taylor_slope"], 2, delta=0.5)

    def test_a_planted_fault_is_found_and_exits_with_1(self):
        report = self.check(*self.SMALL, "--plant", "W2", expect=1)
        self.assertEqual(report["verdict"], "wrong")
        verdicts = {array["name"]: array["verdict"] for array in report["arrays"]}
        self.assertEqual(verdicts, {"W1": "right", "b1": "right", "W2": "wrong", "b2": "right"})
        for entry in report["worst"]:
            self.assertEqual(entry["name"], "W2")
            self.assertAlmostEqual(entry["claimed"] / entry["numerical"], 1.01, places=6)
        text = self.run_program("gradcheck", *self.SMALL, "--plant", "W2", expect=1).stdout
        self.assertIn("verdict   wrong", text)

    def test_takes_a_model_and_the_data_it_was_trained_on(self):
        run = self.train("--layers", "784,6,10", "--iterations", 30)["run"]
        report = self.check(f"{run}/model.safetensors", "--samples", 20)
        self.assertEqual(report["verdict"], "right", report["reason"])

    def test_bad_input_gets_one_line(self):
        for arguments, complaint in (
                (["--plant", "W9"], 'unknown array "W9"; there are W1, b1, W2, b2'),
                (["--resolution", "0"], "--resolution"),
                (["--layers", "3,2"], "a network of 3-2 cannot take digits"),
                (["missing.safetensors", "--layers", "784,10"], "--layers: the model says that itself"),
                (["missing.safetensors"], "missing")):
            process = self.run_program("gradcheck", *arguments, expect=2)
            self.assertEqual(process.stderr.count("\n"), 1, process.stderr)
            self.assertIn(complaint, process.stderr)


if __name__ == "__main__":
    unittest.main()
