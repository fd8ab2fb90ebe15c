# SPDX-License-Identifier: MIT
"""The glossary has the same terms in both languages, and the commands it names exist."""

import pathlib
import re
import unittest

from commands_in_pages import PageTest, commands_in

DOCS = pathlib.Path(__file__).resolve().parents[2] / "docs"
TEXTS = {language: (DOCS / f"glossary.{language}.md").read_text() for language in ("en", "ko")}


class Glossary(PageTest):
    def test_has_the_same_terms_in_both_languages(self):
        english, korean = (re.findall(r'<a id="([^"]+)">', text) for text in TEXTS.values())
        self.assertEqual(english, korean)
        self.assertEqual(len(english), len(set(english)))

    def test_shows_the_same_commands_for_each_term(self):
        english, korean = ([commands_in(entry) for entry in text.split("<a id=")]
                           for text in TEXTS.values())
        self.assertEqual(english, korean)

    def test_links_to_terms_it_has(self):
        for text in TEXTS.values():
            for anchor in re.findall(r"\]\(#([^)]+)\)", text):
                self.assertIn(f'<a id="{anchor}">', text)

    def test_names_every_experiment(self):
        known = self.experiments()
        for text in TEXTS.values():
            named = set(re.findall(r"`gradus lab ([\w-]+)", text))
            self.assertEqual(named, known)

    def test_names_commands_that_run(self):
        self.check_commands_run(TEXTS["en"])


if __name__ == "__main__":
    unittest.main()
