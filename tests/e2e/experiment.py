# SPDX-License-Identifier: MIT
"""Runs experiments of `gradus lab`, and finds things in their results."""

import json

from program import ProgramTest


class ExperimentTest(ProgramTest):
    printed = {}  # by the arguments: an experiment gives the same each time, and is run once

    def lab(self, *arguments):
        if arguments not in self.printed:
            output = self.run_program("lab", *arguments, "--json").stdout
            self.assertEqual(output.count("\n"), 1, "--json prints one line on stdout")
            self.printed[arguments] = output
        return json.loads(self.printed[arguments])

    def experiment(self, name, *settings, language="en"):
        """The result of an experiment with settings as in lr=0.1."""
        options = [word for setting in settings for word in ("--set", setting)]
        return self.lab(name, *options, "--lang", language)

    def rows(self, result, table):
        """The rows of a table, each by the ids of its columns."""
        (found,) = [entry for entry in result["tables"] if entry["id"] == table]
        names = [column["id"] for column in found["columns"]]
        return [dict(zip(names, row)) for row in found["rows"]]

    def figures(self, result, figure):
        return [entry for entry in result["figures"] if entry["id"] == figure]

    def series(self, figure, kind):
        return [entry for entry in figure["series"] if entry["kind"] == kind]

    def remark(self, result, name):
        """The text of a remark, and the numbers in it."""
        (found,) = [entry for entry in result["remarks"] if entry["id"] == name]
        return found["text"], found["values"]
