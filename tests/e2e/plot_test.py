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
        (self.folder / "data.csv").write_text("class,a,b\n" + "0,1.5,2\n1,3,4\n1,5,4\n" * 10)

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

    @unittest.skipUnless(HAS_GNUPLOT, "gnuplot is not there")
    def test_draws_the_regions_that_a_run_has_learned(self):
        self.train("--data", "blobs:n=60", "--iterations", 40, "--out", "blobs")
        self.run_program("plot", "blobs", "--out", "all.svg", "--lang", "en")
        for expected in ("The loss while learning", "The confusion matrix", "The regions it has learned"):
            self.assertIn(expected, self.texts("all.svg"))
        self.run_program("plot", "blobs", "--only", "regions", "--out", "one.svg", "--lang", "ko")
        texts = self.texts("one.svg")
        self.assertNotIn("혼동 행렬", texts)
        for expected in ("학습한 영역", "x", "y", "클래스 0, 훈련", "클래스 2, 시험"):
            self.assertIn(expected, texts)

    @unittest.skipUnless(HAS_GNUPLOT, "gnuplot is not there")
    def test_draws_regions_of_a_table_in_its_own_units(self):
        rows = [(1000 + 10 * i, i % 7, "wet" if i > 30 else "dry") for i in range(60)]
        (self.folder / "weather.csv").write_text(
            "pressure,wind,weather\n" + "".join(f"{p},{w},{c}\n" for p, w, c in rows))
        self.train("--data", "weather.csv", "--iterations", 40, "--out", "run")
        self.run_program("plot", "run", "--only", "regions", "--out", "a.svg", "--lang", "en")
        for expected in ("pressure", "wind", "class wet, test", "1400"):
            self.assertIn(expected, self.texts("a.svg"))

    @unittest.skipUnless(HAS_GNUPLOT, "gnuplot is not there")
    def test_draws_the_curve_that_a_run_has_learned(self):
        self.train("--data", "sine:n=60", "--iterations", 40, "--out", "sine")
        self.run_program("plot", "sine", "--only", "curve", "--out", "a.svg", "--lang", "en")
        for expected in ("The curve it has learned", "x", "y", "training samples", "test samples",
                         "the network's answer"):
            self.assertIn(expected, self.texts("a.svg"))
        (self.folder / "heat.csv").write_text(
            "heat,size\n" + "".join(f"{500 + i},{3 * i}\n" for i in range(40)))
        self.train("--data", "heat.csv", "--target", "size", "--iterations", 40, "--out", "heat")
        self.run_program("plot", "heat", "--only", "curve", "--out", "b.svg", "--lang", "en")
        for expected in ("heat", "size", "520"):
            self.assertIn(expected, self.texts("b.svg"))

    def test_says_why_a_figure_is_not_there(self):
        self.train("--data", "sine:n=60", "--iterations", 4, "--out", "sine")
        self.train("--data", "moons:n=60", "--iterations", 4, "--out", "moons")
        wide = "".join(f"{i % 2},{i},{i},{i}\n" for i in range(20))
        (self.folder / "wide.csv").write_text("label,a,b,c\n" + wide)
        self.train("--data", "wide.csv", "--iterations", 4, "--out", "wide")
        for run, only, expected in (
                ("wide", "regions", "the network takes 3 inputs and answers classes; there is loss, score, "
                                    "confusion"),
                ("moons", "curve", "the network takes 2 inputs and answers classes; there is loss, score, "
                                   "confusion, regions"),
                ("sine", "regions", "the network takes 1 input and answers numbers; there is loss, score, "
                                    "predictions, residuals, curve")):
            self.assertEqual(self.complaint(run, "--only", only, "--out", "a.png"),
                             f"--only: there is no {only} to draw: {expected}")
        self.assertEqual(self.complaint("wide", "moons", "--only", "regions", "--out", "a.png"),
                         "--only: there is no regions to draw: of several runs only curves are drawn; there "
                         "is loss, score")
        self.assertFalse((self.folder / "a.png").exists())

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
