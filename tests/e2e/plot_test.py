# SPDX-License-Identifier: MIT
"""gradus plot: pictures of training runs."""

import shutil
import subprocess
import unittest
import xml.etree.ElementTree as xml

from program import ProgramTest

HAS_GNUPLOT = shutil.which("gnuplot") is not None
HOSTILE = "a `touch evil` $(touch evil) <b>&'\" \\\nx"


class Plot(ProgramTest):
    def setUp(self):
        super().setUp()
        (self.folder / "data.csv").write_text("0,1.5,2\n1,3,4\n1,5,4\n" * 10)

    def run_of(self, name, *arguments):
        self.train("--data", "data.csv", "--layers", "2,3,2", "--batch", 5, "--iterations", 40,
                   "--out", name, *arguments)

    def texts(self, name):
        return [element.text for element in xml.parse(self.folder / name).iter()
                if element.tag.endswith(("text", "tspan")) and element.text]

    def complaint(self, *arguments):
        process = self.run_program("plot", *arguments, expect=2)
        self.assertEqual(process.stdout, "")
        self.assertEqual(process.stderr.count("\n"), 1, process.stderr)
        return process.stderr[len("gradus: "):-1]

    @unittest.skipUnless(HAS_GNUPLOT, "gnuplot is not there")
    def test_draws_a_run_of_images_with_its_weights_and_mistakes(self):
        self.train("--iterations", 30, "--out", "run")
        begins = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}
        for ending, begin in begins.items():
            process = self.run_program("plot", "run", "--out", f"run.{ending}", "--lang", "en")
            self.assertEqual(process.stderr, "")
            self.assertEqual(process.stdout, f"written   run.{ending}\n")
            self.assertTrue((self.folder / f"run.{ending}").read_bytes().startswith(begin))
        texts = self.texts("run.svg")
        for expected in ("The loss while learning", "mean of the 5 batches around",
                         "The accuracy while learning", "test samples", "The confusion matrix"):
            self.assertIn(expected, texts)
        self.run_program("plot", "run", "--out", "ko.svg", "--lang", "ko")
        self.assertIn("혼동 행렬", self.texts("ko.svg"))

    @unittest.skipUnless(HAS_GNUPLOT, "gnuplot is not there")
    def test_draws_several_runs_by_their_names_whatever_those_are(self):
        self.run_of("one")
        shutil.copytree(self.folder / "one", self.folder / HOSTILE)
        self.run_program("plot", "one", HOSTILE, "--out", "both.svg", "--keep-script", "--lang", "en")
        texts = self.texts("both.svg")
        self.assertIn("one", texts)
        self.assertEqual(texts.count(HOSTILE.replace("\n", " ")), 2)
        (self.folder / "both.svg").unlink()
        subprocess.run(["gnuplot", "both.svg.gnuplot"], cwd=self.folder, check=True)
        self.assertTrue((self.folder / "both.svg").exists())
        self.assertFalse((self.folder / "evil").exists(), "a name was run as a command")

    @unittest.skipUnless(HAS_GNUPLOT, "gnuplot is not there")
    def test_draws_the_curves_of_a_run_without_a_model_or_data(self):
        self.run_of("run")
        (self.folder / "data.csv").rename(self.folder / "moved.csv")
        process = self.run_program("plot", "run", "--out", "a.svg", "--lang", "en")
        self.assertIn("gradus: no confusion matrix: run/run.json: the run learned from data.csv, "
                      "which is not there", process.stderr)
        self.assertNotIn("The confusion matrix", self.texts("a.svg"))
        self.run_program("plot", "run", "--out", "b.svg", "--data", "moved.csv", "--lang", "en")
        self.assertIn("The confusion matrix", self.texts("b.svg"))
        (self.folder / "run/model.safetensors").unlink()
        process = self.run_program("plot", "run", "--out", "c.svg")
        self.assertEqual(process.stderr,
                         "gradus: run has no model (yet): only its curves are drawn\n")

    @unittest.skipUnless(HAS_GNUPLOT, "gnuplot is not there")
    def test_draws_a_run_that_is_at_it_or_diverged(self):
        self.run_of("run")
        (self.folder / "run/model.safetensors").unlink()
        for content in ("0,2\n", "0,2\n1,3\n2,1.", "0,1\n1,inf\n2,nan\n"):
            (self.folder / "run/loss.csv").write_text("iteration,loss\n" + content)
            self.run_program("plot", "run", "--out", "a.svg")
            (self.folder / "a.svg").unlink()

    def test_refuses_with_one_line(self):
        self.run_of("run")
        self.run_of("new")
        for name in ("loss.csv", "accuracy.csv"):
            (self.folder / "new" / name).unlink()
        (self.folder / "there.png").write_text("")
        for arguments, expected in {
                ("no", "--out", "a.png"):
                    "no: is not the folder of a training run: there is no run.json in it",
                ("data.csv", "--out", "a.png"):
                    "data.csv: is not the folder of a training run: there is no run.json in it",
                ("new", "--out", "a.png"): "nothing to plot: new made no iteration yet",
                ("run", "--out", "there.png"):
                    "there.png: is there already; remove it or choose another name with --out",
                ("run", "--out", "a.jpg"):
                    '--out: got "a.jpg", expected a name that ends in .png, .svg or .pdf',
                ("run", "--out", "a.png", "--data", "no.csv"):
                    "no.csv: no such file or folder, and no data set of that name; there are digits, "
                    "moons, circles, xor, spirals, blobs, sine, steps, noisy-line, mnist, fashion-mnist, "
                    "kmnist",
                ("run", "run", "--out", "a.png", "--data", "data.csv"):
                    "--data: only one run is judged on data",
                ("run",): "--out is required (see --help)",
        }.items():
            with self.subTest(arguments=arguments):
                self.assertEqual(self.complaint(*arguments), expected)
        for name, content, expected in (
                ("loss.csv", "a,b\n", "run/loss.csv: row 1: expected iteration,loss"),
                ("loss.csv", "iteration,loss\n1,2\n",
                 "run/loss.csv: row 2: expected iteration 0 and its loss"),
                ("run.json", "{}", "run/run.json: is not the run.json of a training run")):
            kept = (self.folder / "run" / name).read_text()
            (self.folder / "run" / name).write_text(content)
            self.assertEqual(self.complaint("run", "--out", "a.png"), expected)
            (self.folder / "run" / name).write_text(kept)
        self.assertFalse((self.folder / "a.png").exists())

    def test_says_what_to_install_when_gnuplot_is_missing(self):
        self.run_of("run")
        process = self.run_program("plot", "run", "--out", "a.png", expect=1,
                                   environment={"PATH": str(self.folder)})
        self.assertEqual(process.stderr,
                         "gradus: gnuplot is needed to draw: sudo apt-get install gnuplot-nox\n")
        self.assertFalse((self.folder / "a.png").exists())


if __name__ == "__main__":
    unittest.main()
