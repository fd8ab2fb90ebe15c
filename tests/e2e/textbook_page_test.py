# SPDX-License-Identifier: MIT
"""The page for readers with the textbook open: its commands run, and both languages name the same."""

import pathlib
import unittest

from commands_in_pages import PageTest, commands_in

DOCS = pathlib.Path(__file__).resolve().parents[2] / "docs"
ENGLISH, KOREAN = ((DOCS / name).read_text() for name in ("textbook.md", "textbook.ko.md"))


class Page(PageTest):
    def test_names_experiments_that_exist(self):
        self.check_names_experiments_that_exist(ENGLISH)

    def test_names_commands_that_run(self):
        self.check_commands_run(ENGLISH)

    def test_names_the_same_commands_in_both_languages(self):
        self.assertGreater(len(commands_in(ENGLISH)), 50)
        self.assertEqual(commands_in(ENGLISH), commands_in(KOREAN))

    def test_leads_from_each_mistake_to_an_experiment_that_tells_it(self):
        _, wrong = ENGLISH.split("## Where notes often go wrong")
        for command in commands_in(wrong):
            self.assertIn("\nOften misunderstood\n", self.shown(*command.split()), command)


if __name__ == "__main__":
    unittest.main()
