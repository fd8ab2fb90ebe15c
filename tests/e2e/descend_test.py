# SPDX-License-Identifier: MIT
"""Gradient descent on a function that was typed: the textbook's numbers, and every way to end."""

import json
import math
import unittest

from program import ProgramTest

BOWL = "x0^2 + x1^2"


class Descend(ProgramTest):
    def descend(self, *arguments):
        process = self.run_program("descend", *arguments, "--json")
        self.assertEqual(process.stdout.count("\n"), 1, "--json prints one line on stdout")
        return json.loads(process.stdout)

    def assert_point(self, got, expected):
        self.assertEqual(len(got), len(expected))
        for a, b in zip(got, expected):
            self.assertTrue(math.isclose(a, b, rel_tol=1e-14), f"{got} is not {expected}")

    def complaint(self, *arguments):
        process = self.run_program("descend", *arguments, expect=2)
        self.assertEqual(process.stdout, "")
        self.assertEqual(process.stderr.count("\n"), 1, process.stderr)
        return process.stderr[len("gradus: "):-1]

    def test_reaches_the_minimum_of_the_textbook(self):
        result = self.descend(BOWL, "--from", "-3,4", "--lr", 0.1, "--gradient", "numerical")
        path = result["path"]
        self.assertEqual([point["step"] for point in path], list(range(101)))
        self.assertEqual(path[0]["point"], [-3, 4])
        self.assertEqual(path[0]["value"], 25)
        self.assert_point(path[0]["gradient"], [-6.00000000000378, 7.999999999999119])
        self.assert_point(path[1]["point"], [-2.399999999999622, 3.200000000000088])
        self.assert_point(path[20]["point"], [-0.03458764513817675, 0.04611686018418694])
        self.assert_point(path[100]["point"], [-6.111107928998789e-10, 8.148143905314271e-10])
        self.assertEqual(result["stop_reason"], "converged")
        self.assertEqual(result["expression"], BOWL)
        self.assertEqual(result["gradient"], "numerical")

    def test_tells_a_frozen_gradient_from_a_divergence(self):
        frozen = self.descend(BOWL, "--from", "-3,4", "--lr", 10, "--gradient", "numerical")
        self.assert_point(frozen["path"][-1]["point"],
                          [-2.5898374737328363e13, -1.2952486168965398e12])
        self.assertEqual((frozen["stop_reason"], frozen["since"]), ("frozen", 10))
        diverged = self.descend(BOWL, "--from", "-3,4", "--lr", 10)
        self.assert_point(diverged["path"][-1]["point"],
                          [-2.2515487259475596e128, 3.0020649679300793e128])
        self.assertEqual(diverged["stop_reason"], "diverged")

    def test_names_each_way_to_end(self):
        for arguments, expected in {
                (BOWL, "--from", "-3,4"): "moving",
                (BOWL, "--from", "-3,4", "--lr", 0.5): "converged",
                (BOWL, "--from", "-3,4", "--lr", 1): "oscillating",
                (BOWL, "--from", "-3,4", "--lr", 1e-10): "stuck",
                ("log(x)", "--from", 3, "--lr", 2): "undefined",
        }.items():
            with self.subTest(arguments=arguments):
                self.assertEqual(self.descend(*arguments)["stop_reason"], expected)

    def test_says_what_place_it_came_to_and_how_large_a_rate_may_be(self):
        for arguments, place in {
                (BOWL, "--from", "-3,4", "--lr", 0.5): "minimum",
                ("cos(x)", "--from", 0): "maximum",
                ("x0^2 - x1^2", "--from", "1,0", "--lr", 0.5): "saddle",
                ("x^4", "--from", 0): "flat",
        }.items():
            with self.subTest(arguments=arguments):
                self.assertEqual(self.descend(*arguments)["place"], place)
        self.assertEqual(self.descend("relu(x) - relu(-x)", "--from", 0)["stop_reason"], "kink")
        curvature = self.descend("x0^2/20 + x1^2", "--from", "-3,4")["curvature"]
        self.assertAlmostEqual(curvature["rate_limit"], 1, places=12)
        shown = self.run_program("descend", BOWL, "--from", "-3,4", "--lr", 10).stdout
        self.assertIn("rates        above 1 every step makes it worse here; 0.5 reaches it in one\n", shown)
        self.assertIn("try          a smaller learning rate, such as 0.5\n", shown)

    def test_writes_what_is_no_number_as_null(self):
        result = self.descend(BOWL, "--from", "-3,4", "--lr", 10, "--steps", 1000)
        self.assertEqual(len(result["path"]), 242)
        self.assertIsNone(result["path"][241]["value"])
        self.assertEqual(result["path"][241]["point"], [None, None])

    def test_takes_whole_numbers_as_the_numbers_they_are(self):
        result = self.descend("sum(x^2)", "--from", "3,4", "--gradient", "numerical")
        self.assert_point(result["path"][0]["gradient"], [6.00000000000378, 7.999999999999119])

    def test_takes_numbers_with_a_plus(self):
        self.assertEqual(self.descend("sum(x)", "--from", "+3, -4,+.5")["path"][0]["point"],
                         [3, -4, 0.5])

    def test_takes_an_expression_that_begins_with_a_minus(self):
        for arguments in (("-(x-1)^2", "--from", "-.5"), ("--from", "-.5", "-(x-1)^2"),
                          ("-x^2 + 2x - 1", "--from=-.5")):
            with self.subTest(arguments=arguments):
                result = self.descend("--maximize", "--lr", 0.1, *arguments)
                self.assertAlmostEqual(result["path"][-1]["point"][0], 1, places=8)
                self.assertEqual(result["stop_reason"], "converged")
                self.assertTrue(result["maximize"])

    def test_takes_an_expression_behind_two_dashes(self):
        process = self.run_program("descend", "--from=-3", "--maximize", "--", "-x^2")
        self.assertEqual(process.stdout.splitlines()[0], "maximize     -x^2")

    def test_shows_the_beginning_and_the_end_of_a_long_path(self):
        lines = self.run_program("descend", BOWL, "--from", "-3,4", "--steps", 777).stdout.splitlines()
        steps = [line.split()[0] for line in lines[5:lines.index("", 5)]]
        self.assertEqual(steps, [*map(str, range(11)), "20", "50", "100", "200", "500", "777"])
        self.assertEqual(lines[4].split(), ["step", "x0", "x1", "f", "|gradient|"])
        self.assertEqual(lines[5].split(), ["0", "-3", "4", "25", "10"])
        lines = self.run_program("descend", BOWL, "--from", "-3,4", "--all").stdout.splitlines()
        self.assertEqual([line.split()[0] for line in lines[5:106]], [*map(str, range(101))])

    def test_says_which_coordinates_do_not_matter(self):
        output = self.run_program("descend", "x0 + x2", "--from", "1,2,3,4").stdout
        self.assertIn("x1, x3 are not in the expression, and will not move\n", output)
        output = self.run_program("descend", "x0", "--from", "1,2").stdout
        self.assertIn("x1 is not in the expression, and will not move\n", output)

    def test_bad_input_gets_one_line(self):
        for arguments, expected in {
                (): "--from is required (see --help)",
                ("x^2",): "--from is required (see --help)",
                ("--from", "1"): "expression is required (see --help)",
                ("sin(x)*)", "--from", "1"):
                    'expression: column 8: expected a number, a name or "(", got ")" in "sin(x)*)"',
                ("x^2", "--from", "1,2"):
                    'expression: the point has 2 coordinates, "x^2" says only x; write x0, x1, or '
                    'sum(x^2)',
                ("x0 + x3", "--from", "1,2"):
                    'expression: the point has 2 coordinates, "x0 + x3" needs 4: x0 to x3',
                ("x", "--from", "1,a"):
                    '--from: number 2 is "a", expected numbers with commas between them, as in '
                    '-3,4 (see --help)',
                ("x", "--from", "inf"):
                    '--from: number 1 is "inf", expected numbers with commas between them, as in '
                    '-3,4 (see --help)',
                ("x", "--from", "1,2,,4"):
                    '--from: number 3 is "", expected numbers with commas between them, as in '
                    '-3,4 (see --help)',
                ("x", "--from", "+-1"):
                    '--from: number 1 is "+-1", expected numbers with commas between them, as in '
                    '-3,4 (see --help)',
                ("x", "--from", "1", "--lr", "-1"):
                    '--lr: got "-1", expected a number above 0 (see --help)',
                ("x", "--from", "1", "--steps", "0"):
                    '--steps: got "0", expected a whole number of at least 1 (see --help)',
                ("x", "--from", "1", "--steps", "1000001"):
                    '--steps: got "1000001", expected at most 1000000 (see --help)',
                ("sum(x)", "--from", ",".join(["1"] * 1000), "--steps", "1000000"):
                    '--steps: got "1000000", expected at most 9995 for a point of 1000 coordinates',
                ("x", "--from", "1", "--gradient", "exact"):
                    '--gradient: unknown way to the gradient "exact"; there are tape, numerical '
                    '(see --help)',
                ("x", "--from", "1", "--fast"): "unknown option --fast (see --help)",
                ("x", "y", "--from", "1"): "unexpected argument y (see --help)",
        }.items():
            with self.subTest(arguments=arguments):
                self.assertEqual(self.complaint(*arguments), expected)


if __name__ == "__main__":
    unittest.main()
