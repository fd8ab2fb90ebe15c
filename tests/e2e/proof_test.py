# SPDX-License-Identifier: MIT
"""gradus diff beyond first derivatives: proved digits, claims, second derivatives, and what is read in two ways."""

import decimal
import json
import unittest

from program import ProgramTest


class Digits(ProgramTest):
    def prove(self, *arguments):
        return json.loads(self.run_program("diff", *arguments, "--json").stdout)

    def test_of_pi_over_four_are_those_of_a_series(self):
        """Machin's formula, by whole numbers: pi / 4 = 4 atan(1/5) - atan(1/239)."""
        one = 10 ** 120

        def atan_of_inverse(n):
            term = total = one // n
            for k in range(3, 400, 2):
                term = -term // (n * n)
                total += term // k
            return total

        quarter = 4 * atan_of_inverse(5) - atan_of_inverse(239)
        value = self.prove("atan(x)", "--at", "1", "--digits", 100)["value"]
        self.assertEqual(value["certainty"], "proved")
        with decimal.localcontext() as context:
            context.prec = 130
            expected = +(decimal.Decimal(quarter) / one)
            self.assertLess(abs(decimal.Decimal(value["digits"]) - expected), decimal.Decimal(10) ** -100)

    def test_show_value_and_derivatives(self):
        shown = self.run_program("diff", "sin(x)", "--at", "1.3", "--digits", 50, "--order", 2).stdout
        self.assertEqual(shown, """f    sin(x)
at   1.3, exactly as typed

f
  0.96355818541719296470134863003955481534204849131774
df/dx
  0.26749882862458740699798410929287135927592992167913
d2f/dx^2
  -0.96355818541719296470134863003955481534204849131774

every digit is proved, the last one rounded: ball arithmetic with 198 bits
""")

    def test_are_not_given_where_there_is_no_derivative(self):
        shown = self.run_program("diff", "abs(x)", "--at", "0", "--digits", 10).stdout
        self.assertIn("df/dx\n  not differentiable here, or not so that it could be proved\n", shown)
        gradient = self.prove("abs(x)", "--at", "0", "--digits", 10)["gradient"]
        self.assertEqual(gradient, [{"certainty": "unknown", "digits": None}])

    def test_are_of_the_decimal_and_not_of_its_double(self):
        (typed,) = self.prove("1e20 x", "--at", "0.1", "--digits", 30)["gradient"]
        self.assertEqual(typed, {"certainty": "exact", "digits": "1e+20".replace("1e+20", "100000000000000000000")})
        value = self.prove("x - 0.1000000000000000055511151231257827", "--at", "0.1", "--digits", 3)["value"]
        self.assertEqual(value["digits"], "-5.55e-18")

    def test_have_limits(self):
        for digits in ("0", "10001", "many", "-3"):
            self.assertIn("--digits", self.run_program("diff", "x", "--at", "1", "--digits", digits, expect=2).stderr)
        self.assertIn("two questions", self.run_program("diff", "x", "--at", "1", "--digits", 5, "--sweep",
                                                        expect=2).stderr)


class Claims(ProgramTest):
    def test_right_ones_exit_with_0_and_wrong_ones_with_1(self):
        shown = self.run_program("diff", "x^3", "--at", "2", "--claim", "3x^2").stdout
        self.assertIn("df/dx = 3x^2: right: the derivative is 12", shown)
        shown = self.run_program("diff", "x^3", "--at", "2", "--claim", "2x^2", expect=1).stdout
        self.assertIn("df/dx = 2x^2: wrong by 4: the claim is 8, the derivative 12\n", shown)
        shown = self.run_program("diff", "abs(x)", "--at", "0", "--claim", "1").stdout
        self.assertIn("cannot tell", shown)

    def test_of_several_variables_are_a_list(self):
        shown = self.run_program("diff", "x0^2 + max(x0, x1)", "--at", "3,4", "--claim", "2x0, max(1, 0)").stdout
        self.assertEqual(shown.count(": right: "), 2, shown)
        found = json.loads(self.run_program("diff", "x0 x1", "--at", "3,4", "--claim", "x1,x1", "--json",
                                            expect=1).stdout)
        self.assertEqual([claim["verdict"] for claim in found["claims"]], ["right", "wrong"])
        self.assertEqual(found["claims"][1]["gap"], 1)
        error = self.run_program("diff", "x0 x1", "--at", "3,4", "--claim", "x1", expect=2).stderr
        self.assertIn("--claim: got 1 derivatives for 2 coordinates", error)


class SecondDerivatives(ProgramTest):
    def test_of_one_variable_come_by_three_methods(self):
        found = json.loads(self.run_program("diff", "exp(2x)", "--at", "0.5", "--order", 2, "--json").stdout)
        methods = found["second_derivatives"]
        self.assertEqual([method["method"] for method in methods], ["dual_dual", "dual_tape", "difference"])
        exact = 4 * 2.718281828459045235
        for method in methods:
            self.assertLessEqual(abs(method["derivative"][0] - exact), method["error_estimate"][0] + 1e-15)
            self.assertGreaterEqual(method["proved_digits"][0], 9)

    def test_of_several_are_a_matrix(self):
        shown = self.run_program("diff", "x0^2 x1", "--at", "1,2", "--hessian", "--method", "dual").stdout
        for line in ("x0, x0                              4", "x0, x1                              2",
                     "x1, x1                              0"):
            self.assertIn(line, shown)

    def test_along_a_direction(self):
        along = json.loads(self.run_program("diff", "x0^2 x1", "--at", "1,2", "--along", "1,1", "--json").stdout)["along"]
        self.assertEqual(along["slope"]["derivative"], 5)
        self.assertEqual(along["curvature"]["derivative"], 8)
        self.assertEqual([change["derivative"] for change in along["change_of_gradient"]], [6, 2])
        self.run_program("diff", "x0^2 x1", "--at", "1,2", "--along", "1", expect=2)


class ManyCoordinates(ProgramTest):
    def test_are_differentiated_once_and_refused_twice(self):
        point = ",".join(["1"] * 300)
        found = json.loads(self.run_program("diff", "sum(x^2)", "--at", point, "--method", "tape", "--json").stdout)
        self.assertEqual(found["methods"][0]["derivative"], [2] * 300)
        self.assertEqual(found["methods"][0]["proved_digits"], [None] * 300)
        for option in ("--hessian", "--order=2", "--along=" + point):
            self.assertIn("the point has 300 coordinates, expected at most 50",
                          self.run_program("diff", "sum(x^2)", "--at", point, option, expect=2).stderr)


class Readings(ProgramTest):
    def test_are_said(self):
        shown = self.run_program("diff", "1/2x", "--at", "6", "--method", "dual").stdout
        self.assertIn("     1/2x is read as (1/2)*x\n", shown)
        found = json.loads(self.run_program("diff", "e^2x", "--at", "6", "--json").stdout)
        self.assertEqual(found["readings"], [{"typed": "e^2x", "meant": "(e^2)*x"}])


class SmallNumbers(ProgramTest):
    def test_bounds_below_the_smallest_full_double_are_shown(self):
        for expression, at in (("x^2", "1e-160"), ("x^3", "1e-110"), ("exp(-x)", "740"), ("x^2", "1e-200")):
            shown = self.run_program("diff", expression, "--at", at).stdout
            self.assertIn("error at most", shown)

    def test_a_line_is_at_most_80_characters_long(self):
        shown = self.run_program("diff", "1e-300 exp(-x) sin(300x)", "--at", "-0.1234567890123456", "--order", 2).stdout
        self.assertLessEqual(max(map(len, shown.splitlines())), 80)


if __name__ == "__main__":
    unittest.main()
