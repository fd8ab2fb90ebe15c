# SPDX-License-Identifier: MIT
"""How near a number of the textbook's chapter has to come, and why no nearer."""

import json
import sys

import numpy as np
from experiment import ExperimentTest

EPSILON = sys.float_info.epsilon
BOWL = "x0^2 + x1^2"
PARABOLA = "0.01x^2 + 0.1x"


class Textbook(ExperimentTest):
    def assert_exact(self, got, expected):
        """Up to the order of a sum, and the logarithm of the C library: a few units in the last place."""
        np.testing.assert_allclose(got, expected, rtol=4 * EPSILON, atol=0)

    def assert_difference(self, got, expected, value, h=1e-4):
        """A few roundings of f, whose value is given, divided by h."""
        np.testing.assert_allclose(got, expected, rtol=0, atol=4 * EPSILON * value / h)

    def descend(self, *arguments):
        return json.loads(self.run_program("descend", BOWL, *arguments, "--json").stdout)

    def assert_point(self, got, expected, steps=100):
        """Of a descent in the bowl: products and sums round the same everywhere, once each step."""
        np.testing.assert_allclose(got, expected, rtol=4 * EPSILON * steps, atol=0)
