# SPDX-License-Identifier: MIT
"""gradus report: one page of HTML about a training run."""

import base64
import html.parser
import json
import pathlib
import re
import shutil
import unittest

from program import ProgramTest

ROOT = pathlib.Path(__file__).resolve().parents[2]
HAS_GNUPLOT = shutil.which("gnuplot") is not None
VOID = {"meta", "br", "img"}
HOSTILE = "<script>alert(1)</script>\"'&\u0001"


class Page(html.parser.HTMLParser):
    """Reads a page and sees to it that every element is closed where it should be."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.words, self.addresses, self.ids = [], [], [], [], []
        self.feed(text)
        self.close()
        assert self.open == [], self.open

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attributes:
            assert not name.startswith("on"), name
            if name in ("src", "href", "xlink:href", "action", "data"):
                self.addresses.append(value)
            if name == "id":
                self.ids.append(value)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag

    def handle_data(self, data):
        self.words.append(data)


@unittest.skipUnless(HAS_GNUPLOT, "gnuplot is not there")
class Report(ProgramTest):
    def page(self, name):
        text = (self.folder / name).read_text()
        page = Page(text)
        self.assertNotIn("script", page.tags)
        self.assertNotIn("link", page.tags)
        self.assertEqual(len(page.ids), len(set(page.ids)), "ids are unique")
        for address in page.addresses:  # nothing is fetched from anywhere
            self.assertTrue(address.startswith("data:image/png;base64,")
                            or (address[0] == "#" and address[1:] in page.ids), address[:80])
        self.assertNotIn("@import", text)
        self.assertNotIn("url(http", text)
        return page

    def test_shows_a_run_of_images(self):
        self.train("--iterations", 200, "--out", "run")
        process = self.run_program("report", "run", "--lang", "en")
        self.assertEqual((process.stdout, process.stderr), ("written   run/report.html\n", ""))
        page = self.page("run/report.html")
        words = "".join(page.words)
        found = json.loads(self.run_program("evaluate", "run", "--json").stdout)
        self.assertIn(f"{100 * found['accuracy']:.2f} %", words)
        wrong = found["samples"] - sum(found["confusion"][c][c] for c in range(10))
        self.assertIn(f"{wrong:,} test samples are misread", words)
        for expected in ("--lr", "0.1", "784,50,10", f"{100 * found['recall'][3]:.1f} %"):
            self.assertIn(expected, words)
        self.assertEqual(page.tags.count("svg"), 4)
        pictures = [address for address in page.addresses if address.startswith("data:")]
        self.assertEqual(page.tags.count("img"), 40)
        for picture in pictures:
            self.assertEqual(base64.b64decode(picture.split(",")[1])[:4], b"\x89PNG")

    def test_shows_what_was_learned_of_a_plane(self):
        for data, learned in (("moons:n=60", "The regions it has learned"),
                              ("sine:n=60", "The curve it has learned")):
            self.train("--data", data, "--iterations", 5, "--out", "run")
            self.run_program("report", "run", "--out", "a.html", "--lang", "en")
            words = "".join(self.page("a.html").words)
            self.assertIn("What it has learned", words)
            self.assertIn(learned, words)
            shutil.rmtree(self.folder / "run")
            (self.folder / "a.html").unlink()

    def test_speaks_korean(self):
        self.train("--iterations", 5, "--out", "run")
        self.run_program("report", "run", "--out", "ko.html", "--lang", "ko")
        text = (self.folder / "ko.html").read_text()
        self.assertIn('<html lang="ko">', text)
        self.assertIn("학습 과정", "".join(self.page("ko.html").words))

    def report_in_korean(self):
        """Of the run in folder run: the words of the page, and run.json."""
        self.run_program("report", "run", "--out", "ko.html", "--lang", "ko")
        style = self.page("ko.html").words
        words = [word for word in style if "{" not in word]
        return words, json.loads((self.folder / "run/run.json").read_text())

    def expect_no_english(self, words, warnings):
        self.assertNotIn('lang="en"', (self.folder / "ko.html").read_text())
        for word in words:
            self.assertNotRegex(word, "[A-Za-z]+,?( [A-Za-z]+,?){3,}")
        self.assertGreater(len(warnings), 0)
        for warning in warnings:
            self.assertNotIn(warning["seen"], "".join(words))

    def test_warns_in_its_language(self):
        self.train("--lr", 0.01, "--iterations", 600, "--out", "run")
        words, run = self.report_in_korean()
        warnings = run["result"]["warnings"]
        self.assertEqual([warning["id"] for warning in warnings], ["loss_not_moving", "one_class"])
        self.expect_no_english(words, warnings)
        loss = warnings[0]["loss"]
        self.assertIn(f"손실이 움직이지 않습니다. 손실은 {loss:.4f}인데", "".join(words))
        self.assertIn("--lr 0.1, 아니면 --init xavier", "".join(words))
        self.run_program("report", "run", "--out", "en.html", "--lang", "en")
        english = "".join(self.page("en.html").words)
        for warning in warnings:
            self.assertIn(warning["seen"] + warning["try"], english)

    def test_tells_of_a_divergence_in_its_language(self):
        self.run_program("train", "--lr", "1e30", "--activation", "relu", "--init", "he",
                         "--iterations", 50, "--quiet", "--out", "run", expect=1)
        words, run = self.report_in_korean()
        self.expect_no_english(words, [run["result"]["divergence"], *run["result"]["warnings"]])
        self.assertIn("출력층의 점수에서 처음으로 유한하지 않은 수가 나왔습니다(1,000개 가운데 1,000개). "
                      "학습률(1e+30)이 sgd에 쓰기에는 너무 큰 것 같습니다.", "".join(words))
        self.run_program("report", "run", "--out", "en.html", "--lang", "en")
        self.assertIn(run["result"]["divergence"]["seen"], "".join(self.page("en.html").words))

    def test_shows_warnings_of_a_later_version_as_they_are_stored(self):
        self.train("--iterations", 5, "--out", "run")
        run = json.loads((self.folder / "run/run.json").read_text())
        run["result"]["warnings"] = [{"id": "of_a_later_version", "iteration": 5,
                                      "seen": "something new was seen", "try": "a new remedy"}]
        run["result"]["divergence"] = {"where": "nowhere", "seen": "it went elsewhere", "try": "it"}
        (self.folder / "run/run.json").write_text(json.dumps(run))
        words, _ = self.report_in_korean()
        for expected in ("something new was seen", "a new remedy", "it went elsewhere"):
            self.assertIn(expected, words)
        self.assertEqual((self.folder / "ko.html").read_text().count('lang="en"'), 2)

    def test_shows_samples_that_are_no_images(self):
        (self.folder / "data.csv").write_text("class,a,b\n" + "0,1.5,2\n1,3,4\n1,5,4\n" * 10)
        self.train("--data", "data.csv", "--layers", "2,3,2", "--batch", 5, "--iterations", 20,
                   "--out", "run")
        self.run_program("report", "run")
        page = self.page("run/report.html")
        self.assertNotIn("img", page.tags)
        self.assertEqual(page.tags.count("svg"), 4)

    def test_escapes_all_that_is_from_files(self):
        (self.folder / "data.csv").write_text("class,a,b\n" + "0,1.5,2\n1,3,4\n1,5,4\n" * 10)
        self.train("--data", "data.csv", "--layers", "2,3,2", "--batch", 5, "--iterations", 20,
                   "--out", "run")
        run = json.loads((self.folder / "run/run.json").read_text())
        run["options"].update({HOSTILE: HOSTILE, "list": [HOSTILE, {"x": HOSTILE}, None]})
        run["result"].update({"warnings": [{"seen": HOSTILE, "try": HOSTILE}, 3, None, {}],
                              "divergence": {"seen": HOSTILE}, "parameters_sha256": HOSTILE,
                              "seconds": 1e300, "iterations": -1})
        run.update({"program": HOSTILE, "status": HOSTILE, "data_sha256": HOSTILE})
        (self.folder / "run/run.json").write_text(json.dumps(run))
        folder = HOSTILE.replace("/", "")
        (self.folder / "run").rename(self.folder / folder)
        self.run_program("report", folder, "--out", "a.html", "--lang", "en")
        words = "".join(self.page("a.html").words)
        shown = HOSTILE.replace("\u0001", "\ufffd")
        self.assertGreater(words.count(shown), 8)
        self.assertNotIn("<script", (self.folder / "a.html").read_text())

    def test_shows_what_there_is_of_a_run_without_model_or_data(self):
        (self.folder / "data.csv").write_text("class,a,b\n" + "0,1.5,2\n1,3,4\n1,5,4\n" * 10)
        self.train("--data", "data.csv", "--layers", "2,3,2", "--batch", 5, "--iterations", 20,
                   "--out", "run")
        (self.folder / "data.csv").unlink()
        process = self.run_program("report", "run", "--out", "a.html", "--lang", "en")
        gone = "the run learned from data.csv, which is not there"
        self.assertIn(gone, process.stderr)
        self.assertIn(gone, "".join(self.page("a.html").words))
        for name in ("model.safetensors", "loss.csv", "accuracy.csv"):
            (self.folder / "run" / name).unlink()
        self.run_program("report", "run", "--out", "b.html", "--lang", "en")
        self.assertIn("No iteration has been made yet.", "".join(self.page("b.html").words))

    def test_refuses_with_one_line_and_writes_nothing(self):
        self.train("--iterations", 1, "--out", "run")
        (self.folder / "there.html").write_text("mine")
        for arguments, expected in {
                ("no",): "no: is not the folder of a training run: there is no run.json in it",
                ("run", "--out", "there.html"):
                    "there.html: is there already; remove it or choose another name with --out",
                ("run", "--out", "no/such/a.html"):
                    "no/such/a.html: cannot be written: there is no folder no/such",
                (): "run is required (see --help)"}.items():
            process = self.run_program("report", *arguments, expect=2)
            self.assertEqual(process.stderr, f"gradus: {expected}\n")
        self.run_program("report", "run", "--out", "a.html", expect=1,
                         environment={"PATH": str(self.folder)})
        self.assertEqual((self.folder / "there.html").read_text(), "mine")
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ["run", "there.html"])

    def test_has_no_text_that_nothing_shows(self):
        sources = "".join(path.read_text() for path in
                          (ROOT / "src/lab/run_figures.cpp", ROOT / "src/lab/fit_figures.cpp",
                           ROOT / "src/lab/plane_figures.cpp", ROOT / "apps/cli/pictures/run_report.cpp"))
        built = re.escape('"report_" + status')
        self.assertRegex(sources, built)
        for key in json.loads((ROOT / "text/en.json").read_text())["run"]:
            is_status = key in ("report_finished", "report_early_stop", "report_diverged")
            self.assertTrue(is_status or f'"{key}"' in sources, key)


if __name__ == "__main__":
    unittest.main()
