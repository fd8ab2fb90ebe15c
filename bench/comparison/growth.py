# SPDX-License-Identifier: MIT
"""How the time of an iteration grows with the width, the depth, the batch and the data."""

import json
import statistics
import subprocess
import sys

from . import programs
from .measure import run_process

PROGRAMS = ["gradus", "numpy", "torch", "openblas"]
BASE = {"task": "train", "activation": "relu", "initializer": "he"}
WORK = 2e10  # multiplications and additions of one measurement, roughly a third of a second
LEAST_ACCURACY = 0.5  # after so few iterations; 0.1 is chance


def series(quick):
    """What grows: title, axis, and the job at each x."""
    widths = [25, 50, 100, 200, 400, 800]
    depths = [1, 2, 3, 4, 6]
    batches = [10, 30, 100, 300, 1000]
    counts = [1000, 3000, 10000, 30000, 60000]
    if quick:
        widths, depths, batches, counts = ([x[0], x[-2]] for x in (widths, depths, batches, counts))
    return [
        ("hidden units of 784-x-10", [(x, {"layers": [784, x, 10]}) for x in widths]),
        ("hidden layers of 100 units", [(x, {"layers": [784, *[100] * x, 10]}) for x in depths]),
        ("images in a batch, 784-50-10", [(x, {"batch": x}) for x in batches]),
        ("images to learn from, 784-50-10", [(x, {"train_samples": x}) for x in counts]),
    ]


def iterations(job, quick):
    layers = job.get("layers", [784, 50, 10])
    weights = sum(a * b for a, b in zip(layers, layers[1:]))
    work = 6 * job.get("batch", 100) * weights
    return int(min(5000, max(100, WORK / work))) // (5 if quick else 1)


def measure_point(bench, program, job):
    """The median time of an iteration on one thread."""
    command = [*program.command(bench.build),
               json.dumps({**job, **program.job, "data": str(bench.data)})]
    seconds = []
    for _ in range(min(3, bench.repeat)):
        process = run_process(command, programs.threads_environment(1, 1))
        if process.exit_code != 0:
            return {"problem": "failed"}
        answer = json.loads(process.output)
        if answer["accuracy"] < LEAST_ACCURACY:
            return {"problem": f"accuracy {answer['accuracy']:.2f}"}
        seconds.append(answer["seconds"] / job["iterations"])
    return {"seconds": statistics.median(seconds)}


def run(bench):
    found = []
    for title, points in series(bench.quick):
        measured = []
        for x, changes in points:
            job = {**BASE, **changes}
            job["iterations"] = iterations(job, bench.quick)
            for name in PROGRAMS:
                program = programs.ALL[name]
                if not bench.is_missing(program):
                    print(f"growth, {title}, {x}: {program.label}", file=sys.stderr)
                    measured.append({"x": x, "label": program.label,
                                     **measure_point(bench, program, job)})
        found.append({"title": title, "points": measured})
    return {"series": found}


def plot(growth, path):
    """Draws the series with gnuplot, both axes logarithmic."""
    terminal = "svg size 1000,800" if path.suffix == ".svg" else "pngcairo size 1000,800"
    script = [f"set terminal {terminal}", f'set output "{path}"', "set multiplot layout 2,2",
              "set logscale xy", "set key above maxrows 2", "set grid",
              'set ylabel "one iteration, ms"']
    for one in growth["series"]:
        points = [point for point in one["points"] if "seconds" in point]
        labels = list(dict.fromkeys(point["label"] for point in points))
        for i, label in enumerate(labels):
            rows = [f"{point['x']} {1e3 * point['seconds']}" for point in points
                    if point["label"] == label]
            script += [f"$data{i} << EOD", *rows, "EOD"]
        script.append(f'set xlabel "{one["title"]}"')
        script.append("plot " + ", ".join(f'$data{i} with linespoints title "{label}"'
                                          for i, label in enumerate(labels)))
    try:
        subprocess.run(["gnuplot"], input="\n".join(script) + "\n", text=True, check=True)
    except OSError:
        print("compare: no plot: gnuplot is not installed (gnuplot-nox)", file=sys.stderr)
