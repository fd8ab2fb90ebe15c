# SPDX-License-Identifier: MIT
"""Runs experiments of `gradus lab`, and finds things in their results."""

import json

from program import ProgramTest


class ExperimentTest(ProgramTest):
    def lab(self, *arguments):
        process = self.run_program("lab", *arguments, "--json")
        self.assertEqual(process.stdout.count("\n"), 1, "--json prints one line on stdout")
        return json.loads(process.stdout)

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
