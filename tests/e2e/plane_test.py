# SPDX-License-Identifier: MIT
"""Data in the plane that the program makes itself: --data moons, spirals, sine and others."""

import json
import signal
import subprocess
import time
import unittest

from program import PROGRAM, ProgramTest, read_safetensors

CLASSES = {"moons": 2, "circles": 2, "xor": 2, "spirals": 2, "blobs": 3}
NUMBERS = ("sine", "steps", "noisy-line")

# What trains a net of one hidden layer well.
TRAINED = ("--activation", "relu", "--init", "he", "--optimizer", "adam", "--lr", 0.01, "--iterations",
           4000, "--seed", 1)

# The share of 333 test samples that a net must get right. It cannot be 1 where noise mixes the classes:
# xor loses the points that noise of 0.05 carries over an edge, 2 * 0.05 / sqrt(2 pi) = 0.04 of them, and
# the others less than 0.01. Three standard deviations of such a share, 0.03 and 0.02, are allowed for.
FLOORS = {"moons": 0.96, "circles": 0.96, "xor": 0.92, "spirals": 0.96, "blobs": 0.97}

# Of numbers no net can learn the noise, so the error comes near it, within a third. A staircase has jumps
# and a net is smooth: it may be off by half a jump, 0.25, on a tenth of the way; a straight line is off by
# 0.153.
ERRORS = {"sine": 0.1 * 1.3, "steps": (0.05 ** 2 + 0.25 ** 2 / 10) ** 0.5 * 1.3, "noisy-line": 0.2 * 1.3}


class Kinds(ProgramTest):
    def test_all_are_listed(self):
        text = self.run_program("data", "list").stdout
        for kind in (*CLASSES, *NUMBERS):
            self.assertIn(f"  {kind} ", text)
            self.assertIn(kind, self.run_program("train", "--help").stdout)

    def test_all_train_with_the_defaults(self):
        for kind in (*CLASSES, *NUMBERS):
            result = self.train("--data", kind, "--iterations", 50)
            self.assertEqual(result["stop_reason"], "finished")
            arrays, _ = read_safetensors(self.folder / result["run"] / "model.safetensors")
            self.assertEqual(arrays["W1"].shape[0], 2 if kind in CLASSES else 1)
            self.assertEqual(arrays["b2"].shape[0], CLASSES.get(kind, 1))
            self.run_program("evaluate", result["run"])
            self.run_program("gradcheck", result["run"])

    def test_classes_are_learned(self):
        for kind, floor in FLOORS.items():
            result = self.train("--data", f"{kind}:n=2000", "--layers", f"2,32,{CLASSES[kind]}", *TRAINED)
            self.assertGreater(result["test_accuracy"], floor, kind)

    def test_numbers_are_learned(self):
        for kind, most in ERRORS.items():
            result = self.train("--data", f"{kind}:n=2000", "--layers", "1,32,1", *TRAINED)
            self.assertLess(result["targets"][0]["rmse"], most, kind)


class Names(ProgramTest):
    def test_have_options(self):
        text = self.run_program("data", "info", "moons:noise=0,n=120,seed=7").stdout
        self.assertIn("moons:noise=0,n=120,seed=7: 100 training and 20 test samples of 2 features, "
                      "2 classes", text)

    def test_give_the_same_data_again(self):
        runs = [self.train("--data", data, "--iterations", 20)["run"]
                for data in ("moons", "moons:noise=0.15,n=1000,seed=1", "moons:seed=2")]
        sums = [json.loads((self.folder / run / "run.json").read_text())["data_sha256"] for run in runs]
        self.assertEqual(sums[0], sums[1])
        self.assertNotEqual(sums[0], sums[2])

    def test_are_told_of_when_nearly_right(self):
        for data, expected in {
                "moon": "did you mean moons?", "noisy_line:n=20": "did you mean noisy-line?",
                "ring.csv": "there are digits, moons, circles, xor, spirals, blobs, sine, steps, "
                            "noisy-line, mnist, fashion-mnist, kmnist"}.items():
            error = self.run_program("train", "--data", data, expect=2).stderr
            self.assertEqual(error, f"gradus: {data}: no such file or folder, and no data set of that "
                                    f"name; {expected}\n")

    def test_are_refused_with_wrong_options(self):
        for command in (["train", "--data"], ["data", "info"], ["gradcheck", "--data"]):
            error = self.run_program(*command, "moons:noise=x", expect=2).stderr
            self.assertEqual(error, 'gradus: moons:noise=x: noise: got "x", expected a number of at '
                                    'least 0\n')
        self.assertFalse((self.folder / "runs").exists())

    def test_have_no_columns_to_choose(self):
        error = self.run_program("train", "--data", "moons", "--label", "x", expect=2).stderr
        self.assertEqual(error, "gradus: --label, --target, --ignore and --missing are for tables, and "
                                "moons is none\n")


class Runs(ProgramTest):
    def test_go_on_as_if_never_stopped(self):
        options = ["--data", "spirals:n=300", "--eval-every", "never", "--iterations", "100000"]
        process = subprocess.Popen([PROGRAM, "train", *options, "--out", "part"],
                                   cwd=self.folder, stdout=subprocess.DEVNULL)
        losses = self.folder / "part/loss.csv"
        while not losses.exists() or losses.stat().st_size == 0:
            self.assertIsNone(process.poll())
            time.sleep(0.01)  # until it has begun; not a guess at how long something takes
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(timeout=60), 130)
        self.assertEqual(self.train("--resume", "part")["parameters_sha256"],
                         self.train(*options)["parameters_sha256"])

    def test_read_tables_of_their_columns(self):
        self.train("--data", "moons", "--iterations", 2000, "--out", "run")
        (self.folder / "points.csv").write_text("y,x\n0.75,-0.5\n-0.75,0.5\n")
        answers = [json.loads(line) for line in
                   self.run_program("predict", "run", "points.csv", "--json").stdout.splitlines()]
        self.assertEqual([answer["class"] for answer in answers], [0, 1])
        (self.folder / "judged.csv").write_text("class,x,y\n0,-0.5,0.75\n1,0.5,-0.75\n1,-0.5,0.75\n")
        text = self.run_program("evaluate", "run", "--data", "judged.csv").stdout
        self.assertIn("(2 of 3)", text)

    def test_are_swept(self):
        text = self.run_program("sweep", "--data", "moons:n=300,noise=0.3", "--lr", "0.1,1",
                                "--iterations", 50).stdout
        self.assertIn("--data moons:n=300,noise=0.3 --lr", text)


if __name__ == "__main__":
    unittest.main()
