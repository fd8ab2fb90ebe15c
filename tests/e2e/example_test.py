# SPDX-License-Identifier: MIT
"""An example prints what examples/expected has for it.

The words are compared exactly, and so are whole numbers. Others may differ

- by one unit of the last digit shown: a value on the edge of two roundings may fall either way;
- by a factor of ten when they have one digit and an exponent, 2e-11: so the examples write errors,
  which rounding makes, and rounding is another with other vector instructions;
- by 1 when they are whole per cents: another rounding in a training run moves a few images in a
  thousand across a border between classes.
"""

import os
import pathlib
import re
import subprocess
import tempfile
import unittest

PROGRAM = pathlib.Path(os.environ["GRADUS_EXAMPLE"])
EXPECTED = pathlib.Path(__file__).resolve().parents[2] / "examples/expected"

NUMBER = re.compile(r"-?\d+(?:\.(?P<decimals>\d+))?(?:e(?P<exponent>[+-]\d+))?(?P<percent> %)?")


def words_of(text):
    """The text with a # for each number. Spaces that line up columns count once."""
    return [re.sub(" +", " ", NUMBER.sub("#", line)) for line in text.splitlines()]


def range_of(shown):
    """The least and the greatest value that agrees with a number as it is shown."""
    value = float(shown[0].removesuffix(" %"))
    decimals, exponent = shown["decimals"], int(shown["exponent"] or 0)
    if shown["exponent"] and not decimals:
        return value / 10, value * 10
    if not decimals and not shown["percent"]:
        return value, value
    unit = 1.001 * 10.0 ** (exponent - len(decimals or ""))  # a little more, for its own rounding
    return value - unit, value + unit


class Example(unittest.TestCase):
    def test_prints_what_is_expected(self):
        with tempfile.TemporaryDirectory(prefix="gradus-test-") as folder:
            process = subprocess.run([PROGRAM], cwd=folder, capture_output=True, text=True)
        self.assertEqual((process.returncode, process.stderr), (0, ""))
        expected = (EXPECTED / f"{PROGRAM.stem}.txt").read_text()
        self.assertEqual(words_of(process.stdout), words_of(expected))
        for got, shown in zip(NUMBER.finditer(process.stdout), NUMBER.finditer(expected)):
            least, greatest = range_of(shown)
            value = float(got[0].removesuffix(" %"))
            self.assertTrue(least <= value <= greatest, f"{got[0]}, expected {shown[0]}")


if __name__ == "__main__":
    unittest.main()
