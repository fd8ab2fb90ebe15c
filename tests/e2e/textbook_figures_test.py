# SPDX-License-Identifier: MIT
"""The figures of the textbook's chapter, as the experiments describe them; lab_test.py draws them."""

import unittest

import numpy as np
from textbook import EPSILON, Textbook


class Figures(Textbook):
    def test_three_ways_to_read_a_digit(self):
        result = self.experiment("paradigms")
        self.assertEqual([row["way"] for row in self.rows(result, "ways")],
                         ["rules by hand", "edges and nearest neighbour", "net"])
        for figure in ("image_figure", "edges_figure", "digits_figure"):
            self.assertEqual(len(self.figures(result, figure)), 1)

    def test_a_parabola_and_two_tangents(self):
        panels = self.figures(self.experiment("tangent"), "figure")
        tangents = ((5, 0.75, 0.2, -0.25), (10, 2, 0.3, -1))
        for panel, (at, value, slope, intercept) in zip(panels, tangents, strict=True):
            curve, tangent = self.series(panel, "line")
            np.testing.assert_allclose(curve["x"][:200], np.arange(0, 20, 0.1), atol=20 * EPSILON)
            x = np.array(curve["x"])
            np.testing.assert_allclose(curve["y"], 0.01 * x * x + 0.1 * x, rtol=4 * EPSILON)
            self.assertEqual((panel["x"]["label"], panel["y"]["label"]), ("x", "f(x)"))
            self.assertEqual(panel["x"]["range"], [0, 20])
            self.assert_difference(tangent["y"], [intercept, slope * 20 + intercept], 20 * value)
            (touching,) = self.series(panel, "points")
            self.assertEqual((touching["x"], touching["y"]), ([at], [value]))
            self.assertEqual(len(self.series(panel, "guide")), 2)

    def test_a_surface(self):
        (figure,) = self.figures(self.experiment("surface"), "surface_figure")
        (surface,) = self.series(figure, "surface")
        grid = np.arange(-3, 3, 0.25)
        np.testing.assert_array_equal(surface["x"], grid)
        np.testing.assert_array_equal(np.reshape(surface["z"], (24, 24)), grid[:, None] ** 2 + grid**2)

    def test_a_field_of_arrows_against_the_gradient(self):
        (figure,) = self.figures(self.experiment("gradient-field"), "figure")
        (arrows,) = self.series(figure, "arrows")
        self.assertEqual(len(arrows["x"]), 324)
        self.assertEqual(sorted(set(arrows["x"])), list(np.arange(-2, 2.5, 0.25)))
        for place, move in (("x", "dx"), ("y", "dy")):
            scale = arrows[move][0] / (-2 * arrows[place][0])
            self.assert_difference(arrows[move], -2 * scale * np.array(arrows[place]), 10)

    def test_the_way_of_a_descent(self):
        (figure,) = self.figures(self.experiment("descent"), "map_figure")
        self.assertEqual([len(points["x"]) for points in self.series(figure, "points")], [21])
        self.assertEqual((figure["x"]["label"], figure["y"]["label"]), ("x0", "x1"))
        for axis in ("x", "y"):  # the whole way is in the picture
            self.assertLess(figure[axis]["range"][0], -4)
            self.assertGreater(figure[axis]["range"][1], 4)

    def test_the_line_of_a_forward_difference_and_the_true_tangent(self):
        result = self.experiment("derivative", "f=x^2", "at=1", "h=0.5")
        (figure,) = self.figures(result, "tangent_figure")
        _, tangent = self.series(figure, "line")
        (forward,) = self.series(figure, "guide")
        slopes = [(line["y"][1] - line["y"][0]) / (line["x"][1] - line["x"][0])
                  for line in (tangent, forward)]
        self.assert_exact(slopes, [2, 2.5])

    def test_the_fall_with_each_learning_rate(self):
        (figure,) = self.figures(self.experiment("learning-rate"), "fall_figure")
        falls = {line["label"]: line["y"] for line in self.series(figure, "line")}
        self.assertGreater(falls["rate 10"][1], falls["rate 10"][0])
        self.assertLess(falls["rate 0.1"][1], falls["rate 0.1"][0])

    def test_places_where_the_gradient_is_0(self):
        for problem in ("saddle", "plateau"):
            (figure,) = self.figures(self.experiment("landscape", f"problem={problem}"), "map_figure")
            self.assertTrue(self.series(figure, "contour"))

    def test_the_curves_of_a_training(self):
        result = self.experiment("training")
        (losses,) = self.figures(result, "loss_figure")
        (accuracies,) = self.figures(result, "accuracy_figure")
        self.assertEqual(len(losses["series"][0]["y"]), 600)
        train, test = (line["y"] for line in self.series(accuracies, "line"))
        self.assertEqual(len(train), len(test))
        self.assertLess(train[0], 0.2)
        self.assertGreater(train[-1], 0.6)


if __name__ == "__main__":
    unittest.main()
