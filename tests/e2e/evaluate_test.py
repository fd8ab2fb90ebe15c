# SPDX-License-Identifier: MIT
"""gradus evaluate, data and sweep."""

import json
import unittest

import numpy as np
from file_kinds import safetensors
from program import ProgramTest, few_digits, read_idx, read_safetensors


class Evaluate(ProgramTest):
    def test_agrees_with_the_training_run_and_with_numpy(self):
        result = self.train("--iterations", 300, "--seed", 2)
        model = self.folder / result["run"] / "model.safetensors"
        found = json.loads(self.run_program("evaluate", model, "--json").stdout)
        self.assertEqual(found["accuracy"], result["test_accuracy"])

        self.run_program("data", "make", "digits", "--out", "digits")
        x = read_idx(self.folder / "digits/t10k-images-idx3-ubyte").reshape(10000, 784)
        labels = read_idx(self.folder / "digits/t10k-labels-idx1-ubyte")
        p, metadata = read_safetensors(model)
        p = {name: array.astype(np.float64) for name, array in p.items()}
        z = 1 / (1 + np.exp(-(x * float(metadata["input_scale"]) @ p["W1"] + p["b1"])))
        scores = z @ p["W2"] + p["b2"]
        # A float and a double may disagree about an image whose two best scores are equal.
        accuracy = np.mean(scores.argmax(axis=1) == labels)
        self.assertAlmostEqual(found["accuracy"], accuracy, delta=0.00011)
        top = scores.max(axis=1)
        log_sum = top + np.log(np.exp(scores - top[:, None]).sum(axis=1))
        loss = np.mean(log_sum - scores[np.arange(10000), labels])
        self.assertAlmostEqual(found["loss"], loss, delta=1e-6)
        confusion = np.zeros((10, 10), int)
        np.add.at(confusion, (labels, scores.argmax(axis=1)), 1)
        self.assertLessEqual(np.abs(np.array(found["confusion"]) - confusion).sum(), 2)
        middle = (accuracy + 1.96 ** 2 / 20000) / (1 + 1.96 ** 2 / 10000)
        self.assertAlmostEqual((found["accuracy_low"] + found["accuracy_high"]) / 2, middle, delta=1.2e-4)
        self.assertAlmostEqual((found["accuracy_high"] - found["accuracy_low"]) / 2,
                               1.96 * np.sqrt(accuracy * (1 - accuracy) / 10000), delta=1e-5)

    def test_prints_classes_and_confusion(self):
        result = self.train("--data", few_digits(), "--iterations", 50)
        text = self.run_program("evaluate", f"{result['run']}/model.safetensors").stdout
        self.assertIn("accuracy ", text)
        self.assertIn("precision", text)
        self.assertIn("row = true class", text)

    def test_counts_training_and_test_samples_apart(self):
        result = self.train("--iterations", 1)
        model = f"{result['run']}/model.safetensors"
        for part, count in (("test", 10000), ("train", 60000), ("all", 70000)):
            found = json.loads(self.run_program("evaluate", model, "--part", part, "--json").stdout)
            self.assertEqual(found["samples"], count)

    def test_asks_for_the_data_the_model_was_trained_on(self):
        (self.folder / "t.csv").write_text("label,a,b\n" + "0,1.5,2\n1,3,4\n" * 20)
        result = self.train("--data", "t.csv", "--iterations", 1, "--batch", 5)
        text = self.run_program("evaluate", f"{result['run']}/model.safetensors").stdout
        self.assertIn("6 test samples of t.csv", text)

    def test_refuses_data_of_another_shape(self):
        result = self.train("--data", few_digits(), "--iterations", 1)
        (self.folder / "t.csv").write_text("label,a,b\n" + "0,1.5,2\n1,3,4\n" * 6)
        error = self.run_program("evaluate", f"{result['run']}/model.safetensors", "--data",
                                 "t.csv", expect=2).stderr
        self.assertIn("takes 784 features, but t.csv has 2 features",
                      error)

    def test_says_when_the_data_of_the_run_are_gone(self):
        rows = "\n".join(f"{i % 2},{i % 7},{i % 5}" for i in range(60))
        (self.folder / "table.csv").write_text("label,a,b\n" + rows + "\n")
        self.train("--data", "table.csv", "--layers", "2,3,2", "--batch", 5, "--iterations", 5)
        (self.folder / "table.csv").rename(self.folder / "moved.csv")
        self.assertEqual(self.run_program("evaluate", "runs/1", expect=2).stderr,
                         "gradus: runs/1/run.json: the run learned from table.csv, which is not "
                         "there; say with --data where it is now\n")
        self.run_program("evaluate", "runs/1", "--data", "moved.csv")

    def test_refuses_samples_without_a_finite_answer(self):
        # The hidden sums of the second test sample overflow, and their difference is no number.
        (self.folder / "m").write_bytes(safetensors(
            [("W1", [2, 2], [3, 0, 3, 3]), ("b1", [2], [0, 0]),
             ("W2", [2, 2], [1, -1, -1, 1]), ("b2", [2], [0, 0])],
            {"format": "gradus-model", "format_version": "1", "layers": "2,2,2", "activation": "relu",
             "loss": "cross_entropy", "input_scale": "1", "sample_shape": "2"}))
        (self.folder / "d").mkdir()
        (self.folder / "d/train.csv").write_text("label,a,b\n0,1,2\n1,3,4\n")
        (self.folder / "d/test.csv").write_text("label,a,b\n0,1,2\n1,3e38,3e38\n")
        for part, index in (("test", 1), ("all", 3)):
            for more in ([], ["--json"]):
                process = self.run_program("evaluate", "m", "--data", "d", "--part", part, *more,
                                           expect=2)
                self.assertEqual(process.stdout, "")
                name = {"test": "test", "all": "training and test"}[part]
                self.assertEqual(
                    process.stderr,
                    f"gradus: d: sample {index} of the {name} samples: the network's answer is not "
                    "finite; its inputs are up to 3e+38, its parameters up to 3\n")
        self.run_program("evaluate", "m", "--data", "d", "--part", "train")


class Data(ProgramTest):
    def test_info_shows_counts_and_pictures(self):
        text = self.run_program("data", "info", "digits").stdout
        self.assertIn("digits: 60,000 training and 10,000 test images of 28x28, 10 classes", text)
        self.assertIn("⣿", text)

    def test_info_shows_a_table(self):
        (self.folder / "t.csv").write_text("label,a,b\n" + "0,1.5,2\n1,3,4\n" * 6)
        text = self.run_program("data", "info", "t.csv").stdout
        self.assertIn("samples of 2 features, 2 classes", text)
        self.assertIn("class 0: 1.5 2", text)

    def test_made_digits_train_as_the_built_in_ones_do(self):
        self.run_program("data", "make", "digits", "--out", "digits")
        self.run_program("data", "make", "digits", "--out", "other", "--seed", 2)
        built_in, digits, other = (
            self.train(*data, "--iterations", 20)["parameters_sha256"]
            for data in ([], ["--data", "digits"], ["--data", "other"]))
        self.assertEqual(digits, built_in)
        self.assertNotEqual(digits, other)


class Sweep(ProgramTest):
    def test_compares_a_grid_on_validation_images(self):
        process = self.run_program("sweep", "--data", few_digits(), "--lr", "0.01,0.5", "--batch",
                                   "50,100", "--iterations", 300, "--json")
        runs = [json.loads(line) for line in process.stdout.splitlines()]
        self.assertEqual([run["options"] for run in runs], [
            {"lr": "0.01", "batch": "50"}, {"lr": "0.01", "batch": "100"},
            {"lr": "0.5", "batch": "50"}, {"lr": "0.5", "batch": "100"}])
        self.assertGreater(runs[2]["validation_accuracy"], runs[0]["validation_accuracy"])
        self.assertFalse((self.folder / "runs").exists())

    def test_takes_a_table_too_small_for_a_sixth(self):
        (self.folder / "t.csv").write_text("label,a,b\n" + "0,1.5,2\n1,3,4\n" * 3)
        text = self.run_program("sweep", "--data", "t.csv", "--batch", "2,3", "--iterations",
                                5).stdout
        self.assertIn("best: gradus train --data t.csv --batch", text)

    def test_names_the_best(self):
        text = self.run_program("sweep", "--lr=1e-5,0.5", "--iterations", 200).stdout
        self.assertTrue(text.endswith("best: gradus train --lr 0.5 --iterations 200\n"), text)

    def test_takes_layers_one_by_one(self):
        text = self.run_program("sweep", "--data", few_digits(), "--layers", "784,10", "--layers",
                                "784,20,10", "--iterations", 20).stdout
        self.assertIn("784,20,10", text)

    def test_finds_mistakes_before_the_first_run(self):
        error = self.run_program("sweep", "--lr", "0.1,fast", expect=2).stderr
        self.assertEqual(
            error, 'gradus: --lr: got "fast", expected a number above 0 (see --help)\n')


if __name__ == "__main__":
    unittest.main()
