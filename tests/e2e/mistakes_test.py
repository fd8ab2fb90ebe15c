# SPDX-License-Identifier: MIT
"""What study notes on the chapter get wrong is told by the experiment it belongs to, with the right number."""

import unittest

from experiment import ExperimentTest

# Experiment and settings: each remark on a mistake, and what it has to say; numbers in both languages.
MISTAKES = {
    ("arrays",): {
        "dimension_is_a_word_for_two_things": ["ndim", "(2, 3, 4)"],
        "no_methods": ["attributes, not methods"],
        "listings_with_slips": ["SyntaxError", "IndentationError", "def", "two backslashes", "colon",
                                "indentation", "np.zeros_like"],
        "listings_from_elsewhere": ["os.chdir", "import", "defined again", "twice"],
    },
    ("entropy",): {
        "who_is_who": ["p is the truth and q the model", "-sum p log q"],
        "least_is_not_zero": ["entropy of the truth", "1.04"],
    },
    ("loss",): {
        "not_a_mean": ["0.0975", "0.0195"],
        "other_classes_do_not_count": ["multiplied by 0"],
        "why_delta": ["minus infinity", "NaN"],
        "delta_bounds": ["16.1181", "-1e-07"],
        "y_and_t_swapped": ["estimates", "label", "k counts the classes"],
        "sums_of_b_and_d": ["1.25", "1.4"],
        "last_digit": ["2.302584092994546", "2.3025840929945454", "0.7012499999999999", "both are right"],
    },
    ("loss", "y=0.1,0.05,0.1,0,0.7,0.3,0,0,0,0"): {
        "not_a_mean": ["0.70125", "0.14025"],
        "y_no_distribution": ["1.25"],
    },
    ("mini-batch",): {
        "choice_draws_with_replacement": ["0.00075", "0.0792", "63.2 %", "np.random.permutation"],
        "no_seed_no_repeat": ["cannot be reproduced", "60,000"],
        "mean_not_sum": ["1.4067", "2.81341"],
        "labels_and_one_hot_mixed": ["0.5108", "23.719", "155.765", "checks the shapes"],
        "argmax_of_soft_labels": ["0.8692", "0.5108"],
        "return_in_the_if": ["None", "1.4067"],
        "reshape_is_no_one_hot": ["axis of the batch"],
        "comment_on_a_shape": ["(60000, 784)", "(60000, 10)", "t_train"],
    },
    ("derivative",): {
        "smaller_is_not_better": ["10e-50", "x = 1", " 0."],
        "ten_e_minus_50": ["1e-49", "48", "float32", "1.4e-45", "x + h"],
        "relative_precision": ["7", "16", "relative"],
        "e_minus_four": ["1e-4", "0.0001", "0.01832"],
        "exact_only_in_the_limit": ["4.2e-3", "9.0e-6", "4.2e-4", "9.0e-8"],
    },
    ("derivative", "f=0.01x^2 + 0.1x", "at=0"): {"smaller_is_not_better": ["0.1"]},
    ("tangent",): {
        "tenths": ["0.2", "0.3", "0.02x + 0.1"],
        "f_is_overwritten": ["plt.subplots", "-1"],
    },
    ("partial", "at=3,4"): {
        "return_in_the_loop": ["(6, 8)", "(6, 0)"],
        "whole_numbers": ["(25000, 35000)", "float64"],
        "single_precision": ["(5.993843, 8.0013275)"],
    },
    ("partial", "at=0,2"): {"return_in_the_loop": ["(0, 4)", "(0, 0)"]},
    ("gradient-field",): {
        "gradient_points_up": ["grows most", "subtracts"],
        "not_to_the_minimum": ["circles"],
    },
    ("surface",): {"empty_picture": ["Axes3D(fig)", "projection='3d'"]},
    ("descent",): {
        "learning_rate_not_gradient": ["learning rate"],
        "zero_gradient_is_not_all": ["local minima", "saddles", "summits"],
        "one_coordinate_stays": ["(-3, 3)", "(-6e-10, 3)", "(0, 0)"],
        "start_is_overwritten": ["x -=", "Copy"],
        "two_of_the_same_name": ["x = x - lr * grad", "x -= lr * grad"],
        "points_counted": ["20", "21"],
    },
    ("learning-rate",): {
        "rate_not_gradient": ["means the learning rate"],
        "small_does_not_grow": ["falls, but hardly"],
        "small_does_not_end": ["(-2.99999994, 3.99999992)", "6e-8"],
        "frozen_is_no_end": ["(-2.59e13, -1.30e12)", "10", "-19", "(-2.25e128, 3.00e128)"],
    },
    ("landscape",): {
        "level_is_not_lowest": ["local minima", "saddles", "maxima"],
        "no_errors_needed": ["plateau", "saddle"],
    },
    ("softmax-sigmoid",): {
        "softmax_not_sigmoid": ["softmax, not the sigmoid"],
        "sigmoid_overflows": ["-1000", "overflow"],
        "power_in_print": ["braces"],
    },
    ("simple-net",): {
        "slopes_of_a_picture": ["(0.2, 0.2, 0.6)", "0.51", "(0.12, 0.12, -0.24)", "(0.18, 0.18, -0.36)",
                                "0.2192", "-0.3628"],
        "one_dimensional_loop": ["IndexError", "nothing but 0", "np.nditer"],
        "factor_forgotten": ["0.01", "randn(2, 3)"],
        "label_is_fixed": ["once in three times"],
        "f_ignores_w": ["net.W.copy()", "0 everywhere"],
        "rows_and_columns": ["row = input, column = neuron", "(2, 3)"],
    },
    ("two-layer-net",): {
        "delta_forgotten": ["W1", "b1", "W2", "b2", "loss that is used"],
        "labels_broadcast": ["10", "without a complaint"],
        "argmax_of_labels": ["argmax(t, axis=1)"],
        "gradient_of_one_axis": ["all elements"],
        "parts_are_missing": ["sigmoid_grad", "numerical_gradient"],
        "names_are_swapped": ["da1", "dz1", "right all the same"],
    },
    ("one-iteration",): {
        "loss_after_update": ["after the update", "before the update"],
        "plus_sign": ["minus sign"],
    },
    ("training",): {
        "numerical_training": ["92 %", "39,760", "795.2 million", "3,600", "94.6 %"],
        "epochs_as_fractions": ["468.75", "1875", "3750", "22"],
        "epochs_with_replacement": ["63.2 %", "17"],
        "pictures_without_code": ["cannot be checked"],
    },
    ("hidden-layer",): {
        "layers_without_activation": ["(x W1 + b1) W2 + b2", "x (W1 W2) + (b1 W2 + b2)"],
        "enough_is_not_found": ["Two units are enough"],
        "units_are_not_regions": ["1 + n + n (n - 1) / 2", "4 of 2 lines", "11 of 4"],
    },
    ("fitting",): {
        "halves_and_means": ["not with the same learning rate"],
        "small_training_error": ["noise and all"],
        "squares_are_not_for_numbers_alone": ["sure and wrong"],
    },
}


class Mistakes(ExperimentTest):
    def test_are_told_with_the_right_number(self):
        for (name, *settings), remarks in MISTAKES.items():
            english, korean = (self.experiment(name, *settings, language=language)
                               for language in ("en", "ko"))
            for remark, sayings in remarks.items():
                with self.subTest(experiment=name, settings=settings, remark=remark):
                    text, _ = self.remark(english, remark)
                    translated, _ = self.remark(korean, remark)
                    for saying in sayings:
                        self.assertIn(saying, text)
                        if not any(letter.isalpha() for letter in saying):
                            self.assertIn(saying.strip(" ."), translated)


if __name__ == "__main__":
    unittest.main()
