# SPDX-License-Identifier: MIT
"""Bad usage and bad input: exit code 2, one clear line on stderr, nothing on stdout, no files."""

import gzip
import os
import subprocess
import unittest

import numpy as np
from program import PROGRAM, ProgramTest, write_idx


class Errors(ProgramTest):
    def complaint(self, *arguments):
        before = sorted(self.folder.rglob("*"))
        process = self.run_program(*arguments, expect=2)
        self.assertEqual(process.stdout, "")
        self.assertEqual(process.stderr.count("\n"), 1, process.stderr)
        self.assertTrue(process.stderr.startswith("gradus: "))
        self.assertEqual(sorted(self.folder.rglob("*")), before)
        return process.stderr[len("gradus: "):-1]

    def test_of_usage(self):
        for arguments, expected in {
                ():
                    "a command is missing; there are train, evaluate, predict, plot, report, sweep, data, "
                    "diff, descend, gradcheck, lab (see --help)",
                ("fly",):
                    'unknown command "fly"; there are train, evaluate, predict, plot, report, sweep, data, '
                    'diff, descend, gradcheck, lab',
                ("train", "--lerning-rate", "1"): "unknown option --lerning-rate (see --help)",
                ("train", "digits"): "unexpected argument digits (see --help)",
                ("train", "--lr"): "--lr needs a value (see --help)",
                ("evaluate",): "model is required (see --help)",
                ("data",): "A subcommand is required (see --help)",
                ("train", "--lr", "0"):
                    '--lr: got "0", expected a number above 0 (see --help)',
                ("train", "--lr", "-1"):
                    '--lr: got "-1", expected a number above 0 (see --help)',
                ("train", "--lr", "nan"):
                    '--lr: got "nan", expected a number above 0 (see --help)',
                ("train", "--lr", "0.1x"):
                    '--lr: got "0.1x", expected a number above 0 (see --help)',
                ("train", "--batch", "0"):
                    '--batch: got "0", expected a whole number of at least 1 (see --help)',
                ("train", "--seed", "18446744073709551616"):
                    '--seed: got "18446744073709551616", expected at most 18446744073709551615 '
                    '(see --help)',
                ("train", "--eval-every", "day"):
                    '--eval-every: got "day", expected a number of iterations, auto, epoch or never '
                    '(see --help)',
                ("train", "--iterations", "1e4"):
                    '--iterations: got "1e4", expected a whole number of at least 1 (see --help)',
                ("train", "--layers", "784"):
                    '--layers: got "784", expected at least two sizes, as in 784,50,10 '
                    '(see --help)',
                ("train", "--layers", "784,x,10"):
                    '--layers: got "784,x,10", expected sizes of layers with commas between them, '
                    'as in 784,50,10 (see --help)',
                ("train", "--activation", "sigmoyd"):
                    '--activation: unknown activation "sigmoyd"; did you mean sigmoid? (see --help)',
                ("train", "--init", "he:2"):
                    "--init: he works out its standard deviation itself (see --help)",
                ("train", "--schedule", "cosine:0.1:3"):
                    '--schedule: got "cosine:0.1:3", expected at most 1 number after the name '
                    '(see --help)',
                ("train", "--momentum", "1"):
                    '--momentum: got "1", expected a number below 1 (see --help)',
                ("train", "--epochs", "3", "--iterations", "5"):
                    "--epochs: cannot be given together with --iterations (see --help)",
                ("train", "--gradient", "numerical", "--precision", "float"):
                    "--precision: got float, but --gradient numerical needs double; float has no "
                    "digits to spare for differences",
                ("sweep", "--gradient", "backprop,numerical", "--precision", "float"):
                    "--precision: got float, but --gradient numerical needs double; float has no "
                    "digits to spare for differences",
                ("train", "--gradient", "guess"):
                    '--gradient: unknown gradient "guess"; there are backprop, numerical '
                    '(see --help)',
                ("data", "make", "letters", "--out", "x"):
                    'unknown data set to make "letters"; there are digits (see --help)',
                ("sweep", "0.1"): 'sweep: got "0.1", expected an option such as --lr 0.1,0.01',
                ("sweep", "--lr"): "sweep: --lr has no value",
                ("sweep", "--lr", "0.1,0.2", "--typo", "3"): "sweep: unknown option --typo",
                ("sweep", "--weight_decay", "0,0.1"): "sweep: unknown option --weight_decay",
                ("train", "--resume", ""):
                    '--resume: got "", expected the folder of a run (see --help)',
                ("train", "--data", ""):
                    '--data: got "", expected a data set, a folder or a file (see --help)',
        }.items():
            with self.subTest(arguments=arguments):
                self.assertEqual(self.complaint(*arguments), expected)

    def test_where_stderr_cannot_be_written(self):
        with open("/dev/full", "wb") as full:
            for arguments, code in ((["evaluate", "nope"], 2),
                                    (["train", "--iterations", "600", "--lr", "1000"], 0)):
                process = subprocess.run([PROGRAM, *arguments], cwd=self.folder, stderr=full,
                                         stdout=subprocess.DEVNULL, check=False)
                self.assertEqual(process.returncode, code)
        self.assertTrue((self.folder / "runs/1/model.safetensors").exists())

    def test_of_a_file_without_an_end(self):
        for command in (["evaluate", "/dev/zero"], ["train", "--config", "/dev/zero"],
                        ["train", "--data", "digits", "--resume", "x", "--config=/dev/zero"]):
            self.assertEqual(self.complaint(*command), "/dev/zero: is a device, expected a file")

    def test_of_layers_that_fit_in_no_memory(self):
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9
        for command in ("train", "sweep", "gradcheck"):
            self.assertEqual(
                self.complaint(command, "--layers", "784,1000000000,10"),
                "--layers: 784,1000000000,10 has 795.0 billion parameters; training them takes at "
                f"least 6360.0 GB of memory, and this machine has {memory:.1f} GB")
        self.assertIn("has 7950000000.0 billion parameters",
                      self.complaint("train", "--layers", "784,9999999999999999,10"))

    def test_of_options_that_do_not_fit_the_data(self):
        for arguments, expected in {
                ("--layers", "10,50,10"):
                    "layers: the first is 10, but digits has 784 features for each sample",
                ("--layers", "784,50,9"): "layers: the last is 9, but digits has 10 classes",
                ("--batch", "60001"):
                    "batch size is 60001, expected 1 to the number of training samples, 60000",
                ("--validation", "60000"):
                    "validation is 60000, expected fewer than the 60000 training samples",
                ("--early-stop", "3"):
                    "early stopping needs validation samples; hold some out, for example 5000",
        }.items():
            with self.subTest(arguments=arguments):
                self.assertEqual(self.complaint("train", *arguments), expected)

    def test_of_missing_and_damaged_data(self):
        images, labels = np.zeros((5, 4, 4)), np.array([0, 1, 0, 1, 1])
        folder = self.folder / "d"
        folder.mkdir()
        self.assertIn("d: holds nothing; expected train.csv", self.complaint("train", "--data", "d"))
        write_idx(folder / "train-images-idx3-ubyte", images)
        write_idx(folder / "train-labels-idx1-ubyte", labels)
        write_idx(folder / "t10k-images-idx3-ubyte", images)
        write_idx(folder / "t10k-labels-idx1-ubyte", labels)
        self.run_program("train", "--data", "d", "--iterations", 1, "--batch", 2, "--out", "ok")

        write_idx(folder / "t10k-labels-idx1-ubyte", labels[:4])
        self.assertIn("holds 4 labels for the 5 images beside it",
                      self.complaint("train", "--data", "d"))
        (folder / "t10k-labels-idx1-ubyte").write_bytes(b"\0\0\x08\x01\0\0\0\x05ab")
        self.assertIn("d/t10k-labels-idx1-ubyte: at byte", self.complaint("train", "--data", "d"))
        (folder / "t10k-labels-idx1-ubyte").write_bytes(gzip.compress(b"\0\0\x08\x01")[:-9])
        self.assertIn("d/t10k-labels-idx1-ubyte", self.complaint("train", "--data", "d"))

        (self.folder / "t.csv").write_text("0,1\n1,two\n")
        self.assertIn("t.csv", self.complaint("train", "--data", "t.csv"))
        self.assertIn("expected a folder", self.complaint("data", "info", "/dev/null"))
        self.assertIn("no such file or folder, and no data set of that name",
                      self.complaint("train", "--data", "mnits"))

    def test_of_results_that_cannot_be_printed(self):
        with open("/dev/full", "w") as full:
            process = subprocess.run([PROGRAM, "data", "info", "digits"], stdout=full,
                                     stderr=subprocess.PIPE, text=True, timeout=900)
        self.assertEqual(process.returncode, 1)
        self.assertEqual(process.stderr, "gradus: the output could not be written\n")

    def test_of_a_sweep_over_what_does_not_fit_the_data_before_the_first_run(self):
        (self.folder / "t.csv").write_text("label,a,b\n" + "0,1.5,2\n1,3,4\n" * 20)
        self.assertIn("batch size is 70000", self.complaint("sweep", "--data", "t.csv", "--batch",
                                                            "5,70000", "--json"))

    def test_of_data_that_would_be_overwritten(self):
        (self.folder / "d").mkdir()
        (self.folder / "d/train-images-idx3-ubyte").write_text("precious")
        self.assertIn("holds a data set already",
                      self.complaint("data", "make", "digits", "--out", "d"))

    def test_of_models(self):
        self.assertIn("nothing.safetensors", self.complaint("evaluate", "nothing.safetensors"))
        result = self.train("--iterations", 1)
        alone = (self.folder / result["run"] / "model.safetensors").rename(self.folder / "alone")
        self.assertIn("--data is needed", self.complaint("evaluate", alone))
        (self.folder / "m").write_bytes(b"\x10\0\0\0\0\0\0\0not json at all!")
        self.assertIn("m: at byte", self.complaint("evaluate", "m", "--data", "digits"))

    def test_of_config_files(self):
        self.assertIn("none.toml", self.complaint("train", "--config", "none.toml"))
        (self.folder / "c.toml").write_text("hurry = 3\n")
        self.assertEqual(self.complaint("train", "--config", "c.toml"),
                         'c.toml: unknown option "hurry"; there are data, label, target, ignore, '
                         "missing, layers, activation, init, loss, standardize, optimizer, momentum, "
                         "lr, schedule, warmup, weight-decay, gradient, batch, iterations, epochs, "
                         "sampling, validation, early-stop, eval-every, precision, first-layer, seed, "
                         "threads")
        (self.folder / "c.toml").write_text("lr = -1\n")
        self.assertEqual(self.complaint("train", "--config", "c.toml"),
                         'c.toml: --lr: got "-1", expected a number above 0')
        (self.folder / "c.toml").write_text('gradient = "numerical"\nprecision = "float"\n')
        self.assertTrue(self.complaint("train", "--config", "c.toml").startswith("c.toml: --precision"))
        (self.folder / "c.toml").write_text("[train]\nlr = 0.1\n")
        self.assertEqual(self.complaint("train", "--config", "c.toml"),
                         "c.toml: line 1: train: expected the value of an option: a number, a text or "
                         "a list of numbers")
        (self.folder / "c.toml").write_text("lr = -1\n")
        (self.folder / "d.toml").write_text("seed = 2\n")
        for files in (("c.toml", "d.toml"), ("d.toml", "c.toml")):
            self.assertIn("c.toml: --lr", self.complaint(
                "train", *(word for file in files for word in ("--config", file))))
        # What is typed counts, and so the file is not to blame.
        self.assertEqual(self.complaint("train", "--config", "c.toml", "--lr", "x"),
                         '--lr: got "x", expected a number above 0 (see --help)')

    def test_of_a_sweep_that_would_have_to_be_counted_in_millions(self):
        many = ",".join(map(str, range(9999)))
        self.assertEqual(self.complaint("sweep", "--seed", many, "--warmup", many),
                         "sweep: more than 10000 combinations")

    def test_names_cannot_speak_to_the_terminal(self):
        self.assertEqual(self.complaint("data", "info", "a\x1b[2Jb\x07\r\nc").split(": ")[0],
                         "a [2Jb   c")

    def test_of_a_folder_for_the_run_that_cannot_be_made(self):
        (self.folder / "file").write_text("")
        self.assertEqual(self.complaint("train", "--out", "new/er/" + 300 * "x"),
                         "new/er/" + 300 * "x" + ": cannot create the folder: File name too long")
        self.assertIn("file/run: cannot create the folder", self.complaint("train", "--out", "file/run"))


if __name__ == "__main__":
    unittest.main()
