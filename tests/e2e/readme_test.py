# SPDX-License-Identifier: MIT
"""What the README shows is what happens: every console block is run, in order, in one folder.

Compared are the words; numbers are masked, because times differ from machine to machine. A block may
show the beginning of an output only.
"""

import os
import pathlib
import re
import shlex
import subprocess
import unittest

from console_blocks import BLOCK, masked
from program import PROGRAM, ProgramTest

ROOT = pathlib.Path(__file__).resolve().parents[2]
READMES = ("README.md", "README.ko.md")

CODE = re.compile(r"^```cpp\n(.*?)^```", re.MULTILINE | re.DOTALL)


class Readme(ProgramTest):
    def test_shows_what_the_program_prints(self):
        blocks = BLOCK.findall((ROOT / "README.md").read_text())
        self.assertGreater(len(blocks), 3)
        (self.folder / "examples").symlink_to(ROOT / "examples")  # with the tables that are shown
        for command, shown in blocks:
            words = shlex.split(command)
            if words[0] == "script/test":
                continue  # this very test is part of it
            if words[0] == "script/train":
                words[0:1] = ["gradus", "train", "--out", "elsewhere"]
            self.assertEqual(words[0], "gradus")
            process = subprocess.run([PROGRAM, *words[1:]], cwd=self.folder, capture_output=True,
                                     text=True, timeout=900, env=os.environ)
            self.assertEqual(process.returncode, 0, process.stderr)
            output = masked(process.stdout.replace("elsewhere", "runs/1").replace(PROGRAM, "gradus"))
            expected = masked(shown.replace("build/release/apps/cli/gradus", "gradus"))
            self.assertEqual(output[:len(expected)], expected, command)

    def test_shows_the_same_in_both_languages(self):
        english, korean = ((ROOT / name).read_text() for name in READMES)
        for pattern in (BLOCK, CODE):
            self.assertEqual(pattern.findall(english), pattern.findall(korean))

    def test_shows_code_that_is_in_the_examples(self):
        examples = [path.read_text().replace("\n  ", "\n") for path in ROOT.glob("examples/*.cpp")]
        for name in READMES:
            for code in CODE.findall((ROOT / name).read_text()):
                self.assertTrue(any(code.strip() in example for example in examples), f"{name}: {code}")

    def test_lists_every_example(self):
        listed = re.findall(r"\((\w+\.cpp)\)", (ROOT / "examples/README.md").read_text())
        self.assertEqual(listed, sorted(path.name for path in ROOT.glob("examples/*.cpp")))

    def test_links_to_files_that_exist(self):
        for path in [*ROOT.glob("*.md"), *ROOT.glob("examples/*.md"), *ROOT.glob("docs/**/*.md")]:
            for link in re.findall(r"\]\(([^)#:]+)\)", path.read_text()):
                self.assertTrue((path.parent / link).exists(), f"{path.name} links to {link}")


if __name__ == "__main__":
    unittest.main()
