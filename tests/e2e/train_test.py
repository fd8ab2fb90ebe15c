# SPDX-License-Identifier: MIT
"""gradus train: what it prints, what it writes, and that it learns."""

import hashlib
import json
import pathlib
import signal
import subprocess
import time
import unittest

import numpy as np
from program import PROGRAM, ProgramTest, few_digits, read_idx, read_safetensors

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Output(ProgramTest):
    def test_prints_the_textbooks_lines_and_where_the_run_is(self):
        text = self.run_program("train", "--iterations", 1200).stdout
        records = [line for line in text.splitlines() if line.startswith("train acc, test acc | ")]
        self.assertEqual(len(records), 3)  # at 0, 600 and 1200
        self.assertIn("seed      1", text)
        self.assertIn("runs/1/model.safetensors", text)
        self.assertIn("gradus evaluate", text)

    def test_says_only_what_came_out_when_quiet(self):
        process = self.run_program("train", "--iterations", 10, "--quiet")
        self.assertEqual(process.stderr, "")
        self.assertEqual([line.split()[0] for line in process.stdout.splitlines()],
                         ["accuracy", "for", "written"])

    def test_keeps_stdout_for_json(self):
        process = self.run_program("train", "--iterations", 10, "--json")
        result = json.loads(process.stdout)
        self.assertEqual(list(result), [
            "test_accuracy", "train_accuracy", "loss", "iterations", "seconds", "train_seconds",
            "seed", "stop_reason", "parameters_sha256", "run", "warnings"])
        self.assertIn("train acc, test acc", process.stderr)
        self.assertNotIn("\033", process.stderr, "no progress line without a terminal")

    def test_numbers_its_runs(self):
        self.assertEqual(self.train("--iterations", 1)["run"], "runs/1")
        self.assertEqual(self.train("--iterations", 1)["run"], "runs/2")

    def test_help_has_examples(self):
        for command in (["train"], ["evaluate"], ["sweep"], ["data", "info"], ["data", "make"]):
            self.assertIn("Example", self.run_program(*command, "--help").stdout)
        self.assertRegex(self.run_program("--version").stdout, r"^gradus \d+\.\d+\.\d+\n$")


class RunFolder(ProgramTest):
    def test_holds_options_losses_accuracies_and_the_model(self):
        result = self.train("--iterations", 700, "--seed", 3, "--out", "here")
        self.assertEqual(sorted(path.name for path in (self.folder / "here").iterdir()),
                         ["accuracy.csv", "loss.csv", "model.safetensors", "run.json"])
        run = json.loads((self.folder / "here/run.json").read_text())
        self.assertEqual(run["status"], "finished")
        self.assertEqual(run["options"]["layers"], [784, 50, 10])
        self.assertEqual(run["options"]["seed"], 3)
        self.assertEqual(run["training_step"], "sparse_sgd")
        self.assertEqual(run["result"], result)
        losses = self.read_csv("here/loss.csv")
        self.assertEqual([int(row["iteration"]) for row in losses], list(range(700)))
        accuracies = self.read_csv("here/accuracy.csv")
        self.assertEqual(list(accuracies[0]),
                         ["iteration", "epoch", "train_accuracy", "test_accuracy"])
        self.assertEqual([int(row["iteration"]) for row in accuracies], [0, 600, 700])
        self.assertEqual(float(accuracies[-1]["test_accuracy"]), result["test_accuracy"])

    def test_is_never_overwritten(self):
        self.train("--iterations", 1, "--out", "here")
        before = (self.folder / "here/model.safetensors").read_bytes()
        error = self.run_program("train", "--out", "here", expect=2).stderr
        self.assertEqual(error, "gradus: here: holds a run already; remove it or choose another "
                                "folder with --out\n")
        self.assertEqual((self.folder / "here/model.safetensors").read_bytes(), before)

    def test_is_not_left_behind_by_a_run_that_cannot_begin(self):
        self.run_program("train", "--data", "nowhere", expect=2)
        self.run_program("train", "--batch", 70000, "--out", "a/b", expect=2)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_is_kept_without_a_model_when_training_diverges(self):
        error = self.run_program("train", "--lr", "1e30", "--activation", "relu", "--init", "he",
                                 "--iterations", 50, "--out", "here", expect=1).stderr
        self.assertIn("training diverged", error)
        self.assertFalse((self.folder / "here/model.safetensors").exists())
        run = json.loads((self.folder / "here/run.json").read_text())
        self.assertEqual(run["status"], "diverged")
        self.assertIsNone(run["result"]["test_accuracy"], "not computed is not 0")
        self.assertEqual(len(self.read_csv("here/loss.csv")), run["result"]["iterations"])


    def test_may_have_a_name_that_is_no_text(self):
        process = subprocess.run(
            [PROGRAM, "train", "--iterations", "1", "--quiet", "--json", "--out", b"r\xff"],
            cwd=self.folder, capture_output=True, timeout=900)
        self.assertEqual(process.returncode, 0, process.stderr)


class SameBits(ProgramTest):
    def test_on_any_number_of_threads(self):
        for options in ([], ["--first-layer", "dense"],
                        ["--layers", "784,30,20,10", "--optimizer", "adam", "--lr", "0.001"]):
            hashes = {self.train("--data", few_digits(), "--iterations", 60, "--eval-every", "never",
                                 "--threads", threads, *options)["parameters_sha256"]
                      for threads in (1, 2, 3)}
            self.assertEqual(len(hashes), 1, options)

    def test_and_the_hash_is_that_of_the_models_numbers(self):
        result = self.train("--data", few_digits(), "--iterations", 20, "--precision", "double")
        arrays, _ = read_safetensors(self.folder / result["run"] / "model.safetensors")
        self.assertEqual(list(arrays), ["W1", "b1", "W2", "b2"])
        joined = b"".join(array.tobytes() for array in arrays.values())
        self.assertEqual(hashlib.sha256(joined).hexdigest(), result["parameters_sha256"])

    def test_only_for_the_same_seed(self):
        self.assertNotEqual(self.train("--iterations", 5)["parameters_sha256"],
                            self.train("--iterations", 5, "--seed", 2)["parameters_sha256"])


class NumericalGradient(ProgramTest):
    def test_trains_as_backprop_does(self):
        common = ["--data", few_digits(), "--iterations", 50, "--eval-every", "never", "--lr", 0.5]
        text = self.run_program("train", *common, "--gradient", "numerical").stdout
        self.assertRegex(text, r"gradient  numerical: two losses for each of the parameters, about "
                               r".+ in all;\n +computing every loss from the first layer on would "
                               r"take .+\n")
        run = json.loads((self.folder / "runs/1/run.json").read_text())
        self.assertEqual(run["options"]["gradient"], "numerical")
        self.assertEqual(run["options"]["precision"], "double")
        self.assertEqual(run["training_step"], "numerical")
        self.train(*common, "--precision", "double")
        numerical, backprop = ([float(row["loss"]) for row in self.read_csv(f"runs/{n}/loss.csv")]
                               for n in (1, 2))
        np.testing.assert_allclose(numerical, backprop, rtol=0, atol=1e-6)
        self.assertNotEqual(numerical, backprop)
        self.run_program("evaluate", "runs/1/model.safetensors")

    def test_can_be_asked_for_in_a_file_and_swept_over(self):
        (self.folder / "c.toml").write_text('gradient = "numerical"\niterations = 3\n')
        self.train("--config", "c.toml", "--data", few_digits())
        run = json.loads((self.folder / "runs/1/run.json").read_text())
        self.assertEqual(run["training_step"], "numerical")
        lines = self.run_program("sweep", "--data", few_digits(), "--gradient", "backprop,numerical",
                                 "--iterations", 3, "--json").stdout.splitlines()
        self.assertEqual([json.loads(line)["options"]["gradient"] for line in lines],
                         ["backprop", "numerical"])

    def test_gives_the_same_bits_on_any_number_of_threads(self):
        hashes = {self.train("--data", few_digits(), "--gradient", "numerical", "--iterations", 5,
                             "--eval-every", "never", "--threads", threads)["parameters_sha256"]
                  for threads in (1, 2, 3)}
        self.assertEqual(len(hashes), 1)


class SecondWay(ProgramTest):
    """The whole training again, in NumPy, from the program's own first weights and batches."""

    def test_numpy_takes_the_same_full_batch_steps(self):
        # With one batch of all images, nothing random is left but the first weights, which a run
        # of one tiny step gives away.
        images = read_idx(few_digits() / "train-images-idx3-ubyte")[:300]
        labels = read_idx(few_digits() / "train-labels-idx1-ubyte")[:300]
        rows = np.concatenate([labels[:, None], images.reshape(300, 784)], axis=1)
        (self.folder / "few").mkdir()
        for name in ("train.csv", "test.csv"):
            np.savetxt(self.folder / "few" / name, rows, fmt="%d", delimiter=",")
        common = ["--data", "few", "--batch", 300, "--sampling", "shuffle", "--precision",
                  "double", "--layers", "784,20,10", "--init", "xavier"]
        start = self.train(*common, "--iterations", 1, "--lr", "1e-300")
        end = self.train(*common, "--iterations", 25, "--lr", "0.5")
        p, _ = read_safetensors(self.folder / start["run"] / "model.safetensors")
        p = {name: array.copy() for name, array in p.items()}
        expected, _ = read_safetensors(self.folder / end["run"] / "model.safetensors")

        x, t = images.reshape(300, 784) / 255.0, np.eye(10)[labels]
        losses = []
        for _ in range(25):
            z = 1 / (1 + np.exp(-(x @ p["W1"] + p["b1"])))
            scores = z @ p["W2"] + p["b2"]
            y = np.exp(scores - scores.max(axis=1, keepdims=True))
            y /= y.sum(axis=1, keepdims=True)
            losses.append(-np.mean(np.log(y[np.arange(300), labels])))
            d_scores = (y - t) / 300
            d_z = d_scores @ p["W2"].T * z * (1 - z)
            gradient = {"W1": x.T @ d_z, "b1": d_z.sum(axis=0),
                        "W2": z.T @ d_scores, "b2": d_scores.sum(axis=0)}
            for name in p:
                p[name] -= 0.5 * gradient[name]

        written = [float(row["loss"]) for row in self.read_csv(end["run"] + "/loss.csv")]
        # Sums in another order: 25 steps of double leave far less than this.
        np.testing.assert_allclose(written, losses, rtol=1e-12)
        for name in p:
            np.testing.assert_allclose(expected[name], p[name], rtol=0, atol=1e-12)


class Options(ProgramTest):
    def test_are_those_of_the_page_with_their_defaults(self):
        page = (ROOT / "docs/json.md").read_text().split("### Options of a run")[1].split("\n## ")[0]
        rows = [[cell.strip(" `") for cell in line.split("|")[1:-1]]
                for line in page.splitlines() if line.startswith("| `")]
        self.train("--iterations", 1, "--out", "run")
        options = json.loads((self.folder / "run/run.json").read_text())["options"]
        self.assertEqual([row[0] for row in rows], list(options))
        # The machine, or the data, decide these.
        filled_in = {"threads", "iterations", "eval_every", "first_layer", "standardize", "loss"}
        self.assertEqual({name: json.loads(default) for name, default, _ in rows
                          if name not in filled_in},
                         {name: value for name, value in options.items() if name not in filled_in})

    def test_can_come_from_a_file_and_what_is_typed_wins(self):
        (self.folder / "run.toml").write_text(
            'lr = 0.25\nseed = 9\nlayers = [784, 20, 10]\noptimizer = "momentum"\n')
        result = self.train("--config", "run.toml", "--seed", 4, "--iterations", 5, "--data",
                            few_digits())
        options = json.loads((self.folder / result["run"] / "run.json").read_text())["options"]
        self.assertEqual((options["lr"], options["seed"], options["layers"], options["optimizer"]),
                         (0.25, 4, [784, 20, 10], "momentum"))

    def test_of_a_file_give_way_to_the_other_way_of_saying_the_same(self):
        (self.folder / "run.toml").write_text("iterations = 100000\nweight_decay = 0.01\n")
        result = self.train("--config", "run.toml", "--epochs", 2, "--data", self.tiny(),
                            "--batch", 10)
        self.assertEqual(result["iterations"], 16)

    def test_given_twice_count_the_last_time(self):
        self.train("--iterations", 9, "--out", "a", "--out", "b", "--iterations", 1)
        self.assertEqual(len(self.read_csv("b/loss.csv")), 1)
        self.assertFalse((self.folder / "a").exists())

    def test_every_choice_of_every_kind_trains(self):
        for option, values in {
                "--activation": ["sigmoid", "relu", "tanh", "identity", "step", "softmax"],
                "--init": ["normal:0.1", "xavier", "he"],
                "--loss": ["cross_entropy", "mean_squared_error"],
                "--optimizer": ["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"],
                "--schedule": ["constant", "step", "step:5:0.5", "exponential:0.1", "cosine"],
                "--sampling": ["replacement", "shuffle"],
                "--precision": ["float", "double"],
                "--standardize": ["auto", "on", "off"],
                "--first-layer": ["auto", "dense", "sparse"],
                "--eval-every": ["epoch", "never", "7"],
        }.items():
            for value in values:
                with self.subTest(option=option, value=value):
                    data = few_digits() if value == "sparse" else self.tiny()
                    result = self.train("--data", data, "--iterations", 20, "--batch", 10,
                                        "--warmup", 3, "--weight-decay", "1e-4", option, value)
                    self.assertEqual(result["stop_reason"], "finished")

    def tiny(self):
        """A small CSV table: class 0 or 1 by which of two features is larger."""
        path = self.folder / "tiny.csv"
        if not path.exists():
            random = np.random.default_rng(1)
            x = random.integers(0, 256, (90, 2))
            rows = np.concatenate([x, (x[:, :1] > x[:, 1:]).astype(int)], axis=1)
            np.savetxt(path, rows, fmt="%d", delimiter=",", header="a,b,label", comments="")
        return "tiny.csv"

    def test_a_table_finds_its_own_layers_and_is_learned(self):
        result = self.train("--data", self.tiny(), "--optimizer", "adam", "--lr", "0.05",
                            "--batch", 10, "--init", "xavier", "--iterations", 1000)
        self.assertGreater(result["test_accuracy"], 0.85)
        run = json.loads((self.folder / result["run"] / "run.json").read_text())
        self.assertEqual(run["options"]["layers"], [2, 50, 2])

    def test_early_stopping_looks_at_validation_images(self):
        result = self.train("--data", self.tiny(), "--validation", 20, "--early-stop", 2,
                            "--batch", 10, "--optimizer", "adam", "--lr", "0.5",
                            "--iterations", 5000)
        self.assertEqual(result["stop_reason"], "early_stop")
        self.assertIn("validation_loss", self.read_csv(result["run"] + "/accuracy.csv")[0])


class Interrupt(ProgramTest):
    def test_ctrl_c_saves_the_model_and_says_so(self):
        process = subprocess.Popen(
            [PROGRAM, "train", "--iterations", "100000000", "--eval-every", "never"],
            cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        losses = self.folder / "runs/1/loss.csv"
        while not losses.exists() or losses.stat().st_size == 0:
            self.assertIsNone(process.poll())
            time.sleep(0.01)  # until it has begun; not a guess at how long something takes
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130)
        self.assertIn("stopped   by Ctrl-C after", output)
        self.assertTrue((self.folder / "runs/1/model.safetensors").exists())
        run = json.loads((self.folder / "runs/1/run.json").read_text())
        self.assertEqual(run["status"], "interrupted")
        self.assertEqual(len(self.read_csv("runs/1/loss.csv")), run["result"]["iterations"])


if __name__ == "__main__":
    unittest.main()
