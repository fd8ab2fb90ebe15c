# SPDX-License-Identifier: MIT
"""Commands in the prose of a page, as in `gradus lab loss`: each is one that works."""

import json
import re
import shlex
import shutil

from program import ProgramTest

AT_ONCE = {"lab", "diff", "descend"}  # commands that write nothing and take no time
HAS_GNUPLOT = shutil.which("gnuplot") is not None


def commands_in(text):
    return re.findall(r"`gradus ([^`]+)`", text)


def without_plot(words):
    return words[:words.index("--plot")] if "--plot" in words else words


class PageTest(ProgramTest):
    printed = {}  # by the words of a command, each of which is run once

    def shown(self, *words):
        if words not in self.printed:
            self.printed[words] = self.run_program(*words, environment={"LC_ALL": "C"}).stdout
        return self.printed[words]

    def experiments(self):
        return {entry["id"] for entry in json.loads(self.shown("lab", "--json"))}

    def check_names_experiments_that_exist(self, text):
        named = set(re.findall(r"`gradus lab ([\w-]+)", text))
        self.assertEqual(named - self.experiments(), set())

    def check_commands_run(self, text):
        for command in sorted(set(commands_in(text))):
            words = shlex.split(command)
            with self.subTest(command=command):
                if words[0] in AT_ONCE:
                    self.shown(*words if HAS_GNUPLOT else without_plot(words))
                else:  # it may train for long, or want files: that it knows the options is enough
                    self.check_options(words)

    def check_options(self, words):
        name = words[:2] if words[0] == "data" else words[:1]
        options = self.shown(*name, "--help")
        if words[0] == "sweep":  # it takes the options of train
            options += self.shown("train", "--help")
        for word in words:
            if word.startswith("--"):
                self.assertRegex(options, rf"  {word}\b")
