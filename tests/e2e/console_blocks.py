# SPDX-License-Identifier: MIT
"""Console blocks in pages: a command, and what it prints or a part of it.

    ```console
    $ gradus lab rate
    Rate of change: on average, and at a moment  (4.3)
    ...
    Ever shorter intervals after the moment
      interval in h  way in km  average in km/h  more than the limit
                  1        100              100              16.6667
    ...
    ```

A line `...` stands for lines left out. The lines between two of them are a part: its first line finds
it in the output, and the part is as long there as here.
"""

import re

BLOCK = re.compile(r"^```console\n\$ (.+?)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LEFT_OUT = "..."
DURATION = re.compile(r"\s*\d+ min \d+ s\b|\s*\d[\d,.]* s\b")


def without_times(line):
    """A line without what no run repeats."""
    return DURATION.sub(" 0 s", line).strip()


def masked(text):
    """The lines of a text without what may differ: numbers, and the width they take."""
    return [re.sub(r"\s+", " ", re.sub(r"\d[\d,.]*", "#", without_times(line))).strip()
            for line in text.splitlines()]


def place_of(line, output, start):
    """Where a part begins: at this very line, or else at one that differs by its numbers only."""
    for written in (str.strip, lambda text: "".join(masked(text))):
        for place in range(start, len(output)):
            if written(output[place]) == written(line):
                return place
    raise ValueError(f"the output has no line like: {line}")


def part_shown(shown, output):
    """What a block is to show of an output, if it is to show the same lines as now.

    @throws ValueError  a line is not there, or the block ends before the output and does not say so
    """
    output = [line.rstrip() for line in output.splitlines()]
    result, position, was_left_out = [], 0, False
    for line in shown.splitlines():
        if line == LEFT_OUT:
            result.append(line)
            was_left_out = True
            continue
        position = place_of(line, output, position) if was_left_out else position
        was_left_out = False
        if position == len(output):
            raise ValueError(f"the output ends before: {line}")
        is_same = without_times(line) == without_times(output[position])
        result.append(line if is_same else output[position])
        position += 1
    if not was_left_out and position < len(output):
        raise ValueError(f"the output goes on with: {output[position]}")
    return "".join(line + "\n" for line in result)
