# SPDX-License-Identifier: MIT
"""What the textbook's chapter shows, by the commands that show it: every number and experiment.

The numbers are those that the formulas give in double precision, computed apart from this program.
That each is right to the last digit, in every case, is for the unit tests of the function that computes it;
here each is met once, as its command prints it. The training on the real MNIST is in mnist_test.py.
"""

import json
import math
import unittest

import numpy as np
from program import HAS_MNIST, read_safetensors
from textbook import EPSILON, PARABOLA, Textbook

A = "0.1,0.05,0.6,0,0.05,0.1,0,0.1,0,0"
B = "0.1,0.05,0.1,0,0.7,0.3,0,0,0,0"
C = "0.1,0.05,0.1,0,0.05,0.1,0,0.6,0,0"
D = "0.1,0.05,0.3,0,0.25,0.6,0,0.1,0,0"


class Losses(Textbook):
    def test_judge_answers_to_a_picture_of_a_2(self):
        for y, squares, entropy, minus_log in (
                (A, 0.09750000000000003, 0.510825457099338, 0.5108256237659907),
                (B, 0.7012499999999999, 2.302584092994546, 2.3025850929940455),
                (C, 0.5975, 2.302584092994546, 2.3025850929940455),
                (D, None, 1.2039724709926583, -math.log(0.3))):
            with self.subTest(y=y):
                scalars = self.experiment("loss", f"y={y}")["scalars"]
                self.assert_exact(scalars["cross_entropy_error"], entropy)
                self.assert_exact(scalars["minus_log_right"], minus_log)
                if squares:
                    self.assert_exact(scalars["sum_squares_error"], squares)

    def test_of_a_batch_are_the_mean_for_labels_and_for_one_hot_rows(self):
        rows = self.rows(self.experiment("mini-batch"), "batch_loss")
        self.assert_exact([row["loss"] for row in rows],
                          [1.4067047750469417, 1.4067047750469417, 0.510825457099338,
                           2.302584092994546])

    def test_at_the_edges_of_the_delta(self):
        perfect, hopeless = self.rows(self.experiment("loss"), "edges")
        # Rounding 1 + 1e-7 moves its logarithm by half an epsilon.
        self.assertAlmostEqual(perfect["with_delta"], -9.999999505838704e-08, delta=EPSILON)
        self.assert_exact(hopeless["with_delta"], 16.11809565095832)
        self.assertEqual(hopeless["without_delta"], "Infinity")

    def test_follow_minus_the_logarithm(self):
        (figure,) = self.figures(self.experiment("loss"), "curve_figure")
        curve = self.series(figure, "line")[0]
        np.testing.assert_allclose(curve["y"], -np.log(curve["x"]), rtol=4 * EPSILON, atol=EPSILON)
        self.assertEqual((curve["x"][-1], curve["y"][-1]), (1, 0))
        self.assertEqual(curve["y"], sorted(curve["y"], reverse=True))

    def test_answer_to_a_small_move_where_the_accuracy_does_not(self):
        result = self.experiment("why-not-accuracy", "samples=1000")
        (figure,) = self.figures(result, "accuracy_figure")
        stairs = 1000 * np.array(self.series(figure, "line")[0]["y"])
        np.testing.assert_allclose(stairs, np.round(stairs), atol=1e-9)  # printed in decimals
        smallest = self.rows(result, "quotients")[-1]
        self.assertEqual(smallest["accuracy_quotient"], 0)
        self.assertNotEqual(smallest["loss_quotient"], 0)
        sigmoid, step = self.rows(result, "norms")
        self.assertGreater(sigmoid["W1"], 0)
        self.assertEqual((step["W1"], step["b1"]), (0, 0))


class DataAndArrays(Textbook):
    def test_an_array_loses_an_axis_with_each_index(self):
        rows = self.rows(self.experiment("arrays", "shape=2,3,4", "index=0,0,0"), "steps")
        self.assertEqual([row["expression"] for row in rows], ["x", "x[0]", "x[0][0]", "x[0][0][0]"])
        self.assertEqual([row["axes"] for row in rows], [3, 2, 1, 0])
        self.assertEqual([row["shape"] for row in rows], ["(2, 3, 4)", "(3, 4)", "(4,)", "()"])
        self.assertEqual([row["content"] for row in rows][2:], ["[0 1 2 3]", "0"])

    def test_a_mini_batch_is_picked_by_a_mask(self):
        for size in (10, 100):
            result = self.experiment("mini-batch", "samples=60000", f"batch={size}")
            for row in self.rows(result, "first_batch"):
                self.assertIn(row["sample"], range(60000))
                one_hot = [int(digit) for digit in row["one_hot"].split()]
                self.assertEqual((len(one_hot), sum(one_hot)), (10, 1))
                self.assertEqual(one_hot.index(1), row["label"])
                self.assertEqual(row["back"], row["label"])
            text, _ = self.remark(result, "mask_picks_rows")
            for shape in ("(60000, 784)", f"({size}, 784)", "(60000, 10)", f"({size}, 10)"):
                self.assertIn(shape, text)

    def test_a_net_that_saw_few_images_reads_others_worse(self):
        scalars = self.experiment("overfitting")["scalars"]
        self.assertGreater(scalars["train_accuracy"], 0.95)
        self.assertLess(scalars["test_accuracy"], 0.7)

    def test_one_straight_line_gets_three_of_the_corners_of_xor_right(self):
        corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
        lines = np.random.default_rng(1).normal(size=(3, 100_000))
        answers = corners @ lines[:2] + lines[2] > 0
        right = (answers == [[False], [True], [True], [False]]).sum(axis=0)
        _, values = self.remark(self.experiment("hidden-layer"), "corners")
        self.assertEqual((right.max(), values["right"]), (3, 3))

    def test_a_net_fits_a_curve_too_loosely_or_too_closely(self):
        result = self.experiment("fitting")
        errors = [(row["train_error"], row["test_error"]) for row in self.rows(result, "by_units")]
        few, best, many = errors[0], min(errors, key=lambda pair: pair[1]), errors[-1]
        self.assertTrue(few[0] > best[0] > many[0])
        self.assertTrue(few[1] > best[1] < many[1])
        for row in self.rows(result, "gradient"):
            self.assertAlmostEqual(row["numerical"], row["answer"] - row["truth"], delta=1e-9)

    @unittest.skipUnless(HAS_MNIST, "set GRADUS_DATA_DIR to a folder with the real MNIST in mnist/")
    def test_mnist_has_the_known_counts(self):
        lines = self.run_program("data", "info", "mnist").stdout.splitlines()
        self.assertEqual(lines[0], "mnist: 60,000 training and 10,000 test images of 28x28, 10 classes")
        (training,) = [line.split()[1:] for line in lines if line.startswith("training")]
        self.assertEqual([int(count.replace(",", "")) for count in training],
                         [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949])


class NumericalDifferentiation(Textbook):
    def derivative(self, *settings):
        return self.experiment("derivative", *settings)["scalars"]

    def diff(self, expression, at):
        process = self.run_program("diff", expression, "--at", at, "--h", "1e-4", "--method",
                                   "central", "--json")
        return json.loads(process.stdout)["methods"][0]["derivative"]

    def test_a_tiny_step_becomes_0_in_float32_and_is_lost_beside_a_number_in_float64(self):
        single, double = self.rows(self.experiment("derivative"), "tiny")
        self.assertEqual((single["tiny_step"], double["tiny_step"]), (0, 10e-50))
        self.assertLess(1e-50, single["smallest"] / 2)  # and so 1e-50 becomes 0 as well
        for at, expected in ((5, 0), (10, 0), (0, 0.1)):
            scalars = self.derivative(f"f={PARABOLA}", f"at={at}", "h=10e-50")
            self.assert_exact(scalars["forward"], expected)

    def test_of_a_parabola(self):
        for at, value, forward, central, exact in (
                (5, 0.75, 0.20000099999917254, 0.1999999999990898, 0.2),
                (10, 2.0, 0.3000009999976072, 0.2999999999986347, 0.3)):
            scalars = self.derivative(f"f={PARABOLA}", f"at={at}")
            self.assert_difference(scalars["forward"], forward, value)
            self.assert_difference(scalars["central"], central, value)
            self.assert_exact(scalars["exact"], exact)
            self.assert_difference(self.diff(PARABOLA, at), [central], value)

    def test_by_one_variable_at_a_time(self):
        x0, x1 = 6.00000000000378, 7.999999999999119
        partials = self.experiment("partial", "at=3,4")["scalars"]
        self.assert_difference([partials["df_dx0"], partials["df_dx1"]], [x0, x1], 25)
        self.assert_difference(self.diff("x^2 + 4^2", 3), [x0], 25)
        self.assert_difference(self.diff("3^2 + x^2", 4), [x1], 25)

    def test_of_all_variables_at_once(self):
        for at, value, expected in (("3,4", 25, [6.00000000000378, 7.999999999999119]),
                                    ("0,2", 4, [0, 4.000000000004]),
                                    ("3,0", 9, [6.000000000012662, 0])):
            row = self.rows(self.experiment("gradient-field", f"at={at}"), "gradients")[0]
            self.assert_difference([row["numerical_0"], row["numerical_1"]], expected, value)
            self.assert_difference(self.diff("sum(x^2)", at), expected, value)

    def test_on_average_and_at_a_moment(self):
        scalars = self.experiment("rate")["scalars"]
        self.assertEqual((scalars["distance"], scalars["hours"]), (300, 3))
        self.assert_exact(scalars["average"], 100)

    def test_is_best_at_a_step_neither_large_nor_small(self):
        sweep = self.rows(self.experiment("derivative", "f=sin(x)", "at=1"), "sweep")
        errors = {row["step"]: (row["forward_error"], row["central_error"]) for row in sweep}
        best_forward, best_central = (min(errors, key=lambda h, i=i: errors[h][i]) for i in (0, 1))
        self.assertEqual((best_forward, best_central), (1e-8, 1e-5))
        for h in (1e-2, 1e-3, 1e-4):  # -sin(1) h / 2 and -cos(1) h^2 / 6, and roundings of sin
            rounding = 4 * EPSILON / h
            self.assertAlmostEqual(errors[h][0], math.sin(1) * h / 2, delta=0.1 * h * h + rounding)
            self.assertAlmostEqual(errors[h][1], math.cos(1) * h * h / 6, delta=0.01 * h**4 + rounding)
        self.assertLess(errors[1e-8][0], 4 * EPSILON / 1e-8)
        self.assertLess(errors[1e-5][1], 4 * EPSILON / 1e-5)


class GradientDescent(Textbook):
    def ends(self, *settings):
        return {row["rate"]: row for row in
                self.rows(self.experiment("learning-rate", *settings), "ends")}

    def test_walks_to_the_minimum(self):
        for start, end in (("-3,4", [-6.111107928998789e-10, 8.148143905314271e-10]),
                           ("-3,3", [-6.111107929006068e-10, 6.111107929006068e-10])):
            numerical = self.descend("--from", start, "--lr", 0.1, "--gradient", "numerical")
            self.assert_point(numerical["path"][100]["point"], end)
        exact = self.descend("--from", "-3,4", "--lr", 0.1)
        self.assert_point(exact["path"][100]["point"], [-3 * 0.8**100, 4 * 0.8**100])
        self.assertEqual(exact["stop_reason"], "converged")

    def test_notes_each_point_on_the_way(self):
        path = self.descend("--from", "-3,4", "--lr", 0.1, "--steps", 20,
                            "--gradient", "numerical")["path"]
        self.assertEqual([point["step"] for point in path], list(range(21)))
        self.assertEqual(path[0]["point"], [-3, 4])
        self.assert_point(path[1]["point"], [-2.399999999999622, 3.200000000000088])
        self.assert_point(path[20]["point"], [-0.03458764513817675, 0.04611686018418694])
        self.assert_point(path[20]["value"], 0.003323069989452288)
        (figure,) = self.figures(self.experiment("descent"), "map_figure")
        (points,) = self.series(figure, "points")
        self.assertEqual([list(point) for point in zip(points["x"], points["y"])],
                         [point["point"] for point in path])

    def test_depends_on_the_learning_rate(self):
        ends = self.ends("rates=10,1,0.5,0.1,0.01,0.001,1e-10")
        for rate, happened, end in (
                (10, "flew away, then froze", [-2.5898374737328363e13, -1.2952486168965398e12]),
                (1, "to and fro", [-3, 4]),
                (0.1, "arrived", [-6.111107928998789e-10, 8.148143905314271e-10]),
                (0.01, "on its way", [-0.39785866768397027, 0.5304782235783754]),
                (0.001, "on its way", [-3 * 0.998**100, 4 * 0.998**100]),
                (1e-10, "hardly moved", [-2.999999939999995, 3.9999999199999934])):
            with self.subTest(rate=rate):
                self.assertEqual(ends[rate]["happened"], happened)
                # To and fro the errors of the numerical gradient add up: f is 25 a hundred times.
                tolerance = {1: 400 * EPSILON * 25 / 1e-4, 0.001: 4 * EPSILON * 25 / 1e-4}.get(rate, 0)
                np.testing.assert_allclose([ends[rate]["x0"], ends[rate]["x1"]], end,
                                           rtol=400 * EPSILON, atol=tolerance)
        self.assertEqual(ends[0.5]["happened"], "arrived")
        self.assertLess(math.hypot(ends[0.5]["x0"], ends[0.5]["x1"]), 1e-20)

    def test_flies_away_and_freezes_or_truly_diverges(self):
        frozen = self.descend("--from", "-3,4", "--lr", 10, "--gradient", "numerical")
        for step, point in ((1, [57, -76]), (2, [-1083, 1444]), (3, [20577, -27436])):
            largest = frozen["path"][step - 1]["value"]
            self.assert_difference(frozen["path"][step]["point"], point, 10 * largest)  # 10: the rate
        self.assertEqual((frozen["stop_reason"], frozen["since"]), ("frozen", 10))
        diverged = self.descend("--from", "-3,4", "--lr", 10, "--steps", 241)
        self.assert_point(diverged["path"][100]["point"],
                          [-2.2515487259475596e128, 3.0020649679300793e128])
        finite = [point["value"] is not None for point in diverged["path"]]
        self.assertEqual(finite.index(False), 120)  # 25 * 361^120 is more than the largest double
        self.assertEqual(diverged["path"][241]["point"], [None, None])
        self.assertEqual(diverged["stop_reason"], "diverged")

    def test_has_defaults(self):
        result = self.descend("--from", "-3,4", "--gradient", "numerical")
        self.assertEqual((result["learning_rate"], len(result["path"])), (0.01, 101))
        self.assert_point(result["path"][100]["point"], [-0.39785866768397027, 0.5304782235783754])

    def test_goes_up_when_told(self):
        self.assertGreater(self.descend("--from", "-3,4", "--maximize")["path"][-1]["value"], 25)
        self.assertLess(self.descend("--from", "-3,4")["path"][-1]["value"], 25)

    def test_may_end_in_a_local_minimum_on_a_saddle_or_on_a_plateau(self):
        for settings, where in ((["problem=two-wells"], "local minimum"),
                                (["problem=saddle", "shift=0,-0.001"], "saddle"),
                                (["problem=plateau"], "plateau")):
            sgd = self.rows(self.experiment("landscape", *settings), "race")[0]
            self.assertEqual((sgd["optimizer"], sgd["where"]), ("sgd", where))

    def test_moves_biases_as_it_moves_weights(self):
        rows = self.rows(self.experiment("one-iteration", "lr=0.1"), "updates")
        self.assertEqual([row["number"][:2] for row in rows], ["W1", "b1", "W2", "b2"])
        for row in rows:  # float64, and one rounding
            self.assertAlmostEqual(row["after"], row["before"] - 0.1 * row["derivative"], delta=EPSILON)


class SimpleNet(Textbook):
    def test_has_the_scores_and_the_loss_of_the_textbook(self):
        losses = [1.0067275750851048, 1.430158992811785, 0.9280682857864075]
        result = self.experiment("simple-net")
        self.assertEqual(result["scalars"]["predicted"], 2)
        rows = self.rows(result, "answer")
        self.assert_exact([row["score"] for row in rows], [1.054148091, 0.630716529, 1.132807401])
        self.assert_exact([row["loss_if"] for row in rows], losses)
        for right, loss in enumerate(losses):
            self.assert_exact(self.experiment("simple-net", f"t={right}")["scalars"]["loss"], loss)

    def test_has_the_gradient_of_the_textbook(self):
        rows = self.rows(self.experiment("simple-net"), "slopes")
        self.assertEqual([row["weight"] for row in rows], ["w11", "w12", "w13", "w21", "w22", "w23"])
        numerical, by_hand = (np.reshape([row[way] for row in rows], (2, 3))
                              for way in ("numerical", "by_hand"))
        ten_digits = 5e-11
        self.assert_allclose(numerical, [[.2192475712, .1435624298, -.3628100010],
                                         [.3288713569, .2153436448, -.5442150015]], ten_digits)
        self.assert_allclose(by_hand, [[.21924762668, .14356246612, -.36281009280],
                                       [.32887144002, .21534369918, -.54421513920]], ten_digits)

    def assert_allclose(self, got, expected, tolerance):
        rounding = 4 * EPSILON / 1e-4  # of a central difference of a loss near 1
        np.testing.assert_allclose(got, expected, rtol=0, atol=tolerance + rounding)

    def test_says_what_the_gradient_means(self):
        result = self.experiment("simple-net")
        _, w11 = self.remark(result, "raising_w11_raises")
        # A straight line, and a bend of less than 1/8 (the second derivative is x^2 p (1 - p)).
        self.assertAlmostEqual(w11["change"], w11["slope"] * w11["h"], delta=w11["h"] ** 2 / 8)
        text, largest = self.remark(result, "largest_is_raised")
        self.assertEqual(largest["name"], "w23")
        self.assertGreater(largest["step"], largest["w11_step"])

    def test_begins_with_weights_drawn_at_random(self):
        (self.folder / "t.csv").write_text("label,a,b,c,d\n" + "0,1,2,3,4\n1,4,3,2,1\n" * 9)
        for init, deviation in (("normal:0.01", 0.01), ("normal:1", 1),
                                ("xavier", math.sqrt(2 / 9004)), ("he", math.sqrt(2 / 4))):
            run = self.train("--data", "t.csv", "--layers", "4,9000,2", "--batch", 5, "--init", init,
                             "--iterations", 1, "--lr", 1e-9)["run"]
            arrays, _ = read_safetensors(self.folder / run / "model.safetensors")
            weights = arrays["W1"]
            error = deviation / math.sqrt(weights.size)  # of their mean, and more than of their deviation
            self.assertAlmostEqual(weights.std(), deviation, delta=4 * error)
            self.assertAlmostEqual(weights.mean(), 0, delta=4 * error)


class TwoLayerNet(Textbook):
    def test_begins_with_a_guess(self):
        result = self.experiment("two-layer-net")
        blocks = self.rows(result, "blocks")
        self.assertEqual([(row["array"], row["shape"]) for row in blocks],
                         [("W1", "(784, 50)"), ("b1", "(50,)"), ("W2", "(50, 10)"), ("b2", "(10,)")])
        self.assertEqual(result["scalars"]["parameters"], 39760)
        self.assertAlmostEqual(result["scalars"]["loss"], 2.30, delta=0.01)
        self.assertAlmostEqual(result["scalars"]["accuracy"], 0.1, delta=0.05)  # chance, of 500 digits

    def test_has_the_same_gradient_by_two_ways(self):
        result = self.experiment("two-layer-net")
        by_differences, _ = self.rows(result, "costs")
        self.assertEqual(by_differences["one_gradient"], 79520)
        self.assertEqual(by_differences["whole_run"], 795.2e6)
        for row, delta in zip(self.rows(result, "blocks"), (1.7e-10, 9.5e-10, 7.1e-8, 1.4e-7)):
            self.assertLess(row["largest_gap"], 1e-9)
            # What the delta in the loss changes, if one forgets it: another batch and seed were used.
            self.assertLess(abs(math.log10(row["delta_gap"] / delta)), 0.5)

    def test_learns_in_four_steps(self):
        result = self.experiment("one-iteration")
        for number, remark in enumerate(("picked", "differentiated", "updated", "repeated"), 1):
            self.assertTrue(self.remark(result, remark)[0].startswith(f"{number}. "))

    def test_turns_scores_into_probabilities(self):
        for shift in (100, 1000):  # where exp alone overflows
            result = self.experiment("softmax-sigmoid", f"shift={shift}")
            rows = self.rows(result, "softmax_table")
            for column in ("softmax", "stable_shifted"):  # adding 1000 leaves 13 digits of a score
                np.testing.assert_allclose([row[column] for row in rows],
                                           [.36541271113, .23927077687, .39531651200], atol=1e-11)
            self.assertEqual(result["scalars"]["slope"], 0.25)
            far = self.rows(result, "sigmoid_table")[0]
            self.assertEqual((far["x"], far["stable"]), (-1000, 0))


if __name__ == "__main__":
    unittest.main()
