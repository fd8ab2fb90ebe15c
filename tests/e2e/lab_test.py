# SPDX-License-Identifier: MIT
"""The textbook's experiments as a user runs them: the list, numbers, pictures, languages, mistakes."""

import json
import os
import pathlib
import pty
import shutil
import subprocess
import unittest

from experiment import ExperimentTest
from program import PROGRAM

ROOT = pathlib.Path(__file__).resolve().parents[2]
HAS_GNUPLOT = shutil.which("gnuplot") is not None


class Lab(ExperimentTest):
    def complaint(self, *arguments):
        process = self.run_program("lab", *arguments, expect=2)
        self.assertEqual(process.stdout, "")
        self.assertEqual(process.stderr.count("\n"), 1, process.stderr)
        return process.stderr[len("gradus: "):-1]

    def test_lists_the_experiments_by_section(self):
        listed = self.lab()
        self.assertEqual([entry["id"] for entry in listed][:3], ["paradigms", "arrays", "entropy"])
        sections = [entry["section"] for entry in listed]
        self.assertEqual(sections, sorted(sections))
        text = self.run_program("lab", "--lang", "en").stdout
        for entry in listed:
            self.assertIn(entry["id"], text)
            self.assertTrue(entry["parameters"])
            self.assertEqual(set(entry["parameters"][0]) >= {"id", "kind", "default", "tries"}, True)

    def test_runs_every_experiment_in_both_languages(self):
        for entry in self.lab():
            for language in ("en", "ko"):
                with self.subTest(experiment=entry["id"], language=language):
                    text = self.run_program("lab", entry["id"], "--lang", language).stdout
                    self.assertNotIn("{", text)
                    self.assertEqual(language == "ko", "흔한 오해" in text)
                    result = self.lab(entry["id"], "--lang", language)
                    self.assertTrue(result["remarks"])
                    self.assertEqual(text.splitlines()[0],
                                     f"{result['title']}  ({entry['section']})")

    def test_writes_what_is_not_finite_as_a_word(self):
        result = self.lab("entropy", "--set", "model=0.5,0.5,0")
        self.assertEqual(result["scalars"]["cross_entropy"], "Infinity")

    def test_finds_the_language_as_every_program_does(self):
        def title(**environment):
            given = {"LC_ALL": "", "LC_MESSAGES": "", "LANG": "", **environment}
            return self.run_program("lab", "loss", environment=given).stdout.splitlines()[0]
        english, korean = title(LANG="en_US.UTF-8"), title(LANG="ko_KR.UTF-8")
        self.assertIn("손실", korean)
        self.assertNotEqual(english, korean)
        self.assertEqual(title(), english)
        self.assertEqual(title(LANG="en_US.UTF-8", LC_MESSAGES="ko_KR.UTF-8"), korean)
        self.assertEqual(title(LANG="ko_KR.UTF-8", LC_ALL="C"), english)

    def test_tells_what_can_be_set(self):
        text = self.run_program("lab", "descent", "--parameters", "--lang", "en").stdout
        self.assertIn("--set lr=0.1\n", text)
        self.assertIn("1e-10", text)

    @unittest.skipUnless(HAS_GNUPLOT, "gnuplot is not there")
    def test_draws_every_experiment(self):
        begins = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}
        self.run_program("lab", "loss", "--plot", "kept.svg", "--keep-script")
        self.assertIn("set output 'kept.svg'", (self.folder / "kept.svg.gnuplot").read_text())
        for entry in self.lab():
            if not self.lab(entry["id"])["figures"]:
                continue
            pictures = [("en", "svg"), ("ko", "png")]  # enough to see every text drawn
            if entry["id"] in ("loss", "partial", "gradient-field"):  # every kind of series
                pictures += [("en", "pdf"), ("ko", "pdf"), ("ko", "svg"), ("en", "png")]
            for language, ending in pictures:
                name = f"{entry['id']}-{language}.{ending}"
                process = self.run_program("lab", entry["id"], "--plot", name, "--lang", language)
                self.assertEqual(process.stderr, "", "gnuplot and the fonts have no complaint")
                content = (self.folder / name).read_bytes()
                self.assertTrue(content.startswith(begins[ending]), name)
                self.assertGreater(len(content), 5000, name)
        self.assertEqual([path for path in self.folder.iterdir() if path.name.startswith(".")], [])

    def test_draws_with_characters_on_a_terminal_only(self):
        ours, theirs = pty.openpty()
        process = subprocess.Popen([PROGRAM, "lab", "rate", "--lang", "en"], stdout=theirs)
        os.close(theirs)
        shown = b""
        try:
            while part := os.read(ours, 4096):
                shown += part
        except OSError:  # Linux ends a terminal so
            pass
        os.close(ours)
        self.assertEqual(process.wait(), 0)
        self.assertIn("\u2880", shown.decode())
        self.assertIn("The secant and the tangent", shown.decode())
        piped = self.run_program("lab", "rate", "--lang", "en").stdout
        self.assertNotIn("The secant and the tangent", piped)

    def test_says_what_to_install_when_gnuplot_is_missing(self):
        environment = {"PATH": str(self.folder)}
        process = self.run_program("lab", "loss", "--plot", "a.png", expect=1,
                                   environment=environment)
        self.assertEqual(process.stderr,
                         "gradus: gnuplot is needed to draw: sudo apt-get install gnuplot-nox\n")
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_refuses_with_one_line(self):
        for arguments, expected in {
                ("tangant",): 'there is no experiment "tangant"; there is tangent',
                ("descent", "--set", "step=3"):
                    'descent: there is no parameter "step"; there is steps',
                ("descent", "--set", "steps"):
                    'descent: got "steps", expected NAME=VALUE, as in f=x0^2 + x1^2',
                ("descent", "--set", "steps=0"):
                    'descent, steps: got "0", expected a whole number from 1 to 1000',
                ("descent", "--set", "start=1"):
                    'descent, start: got "1", expected 2 numbers from -1000000 to 1000000 with commas '
                    'between them, as in -3,4',
                ("entropy", "--set", "model=1,0"):
                    'entropy, model: got "1,0", expected as many numbers as truth has',
                ("arrays", "--set", "index=2"):
                    'arrays, index: got "2", expected number 1 to be below 2, the size of that axis',
                ("arrays", "--plot", "a.png"): "--plot: arrays has no picture",
                ("loss", "--plot", "a.jpg"):
                    '--plot: got "a.jpg", expected a name that ends in .png, .svg or .pdf',
                ("loss", "--keep-script"): "--keep-script: there is a script only with --plot FILE",
                ("--set", "lr=1"):
                    "lab: --set, --plot and --parameters need an experiment; gradus lab lists them",
                ("loss", "--lang", "de"):
                    '--lang: unknown language "de"; there are en, ko (see --help)',
        }.items():
            with self.subTest(arguments=arguments):
                self.assertEqual(self.complaint(*arguments), expected)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_has_no_text_for_the_screen_that_nothing_shows(self):
        sources = "".join(path.read_text() for path in (ROOT / "apps/cli").glob("*/lab_*.cpp"))
        sources += (ROOT / "src/lab/result.cpp").read_text()
        for key in json.loads((ROOT / "text/en.json").read_text())["lab"]:
            self.assertIn(f'"{key}"', sources)

    def test_a_kink_has_no_derivative_anywhere(self):
        for experiment, *settings in (("derivative", "f=abs(x)", "at=0"), ("tangent", "f=abs(x)", "at=0"),
                                      ("rate", "f=relu(x - 1)", "at=1"), ("partial", "f=abs(x0) + x1^2", "at=0,1"),
                                      ("gradient-field", "f=abs(x0) + x1^2", "at=0,1")):
            chosen = [word for setting in settings for word in ("--set", setting)]
            shown = " ".join(self.run_program("lab", experiment, *chosen).stdout.split())
            self.assertIn("the function has no derivative: it has no value there, its slope is infinite, or it has "
                          "a kink.", shown, experiment)
            found = json.loads(self.run_program("lab", experiment, *chosen, "--json").stdout)
            self.assertIn("no_derivative", [remark["id"] for remark in found["remarks"]])


if __name__ == "__main__":
    unittest.main()
