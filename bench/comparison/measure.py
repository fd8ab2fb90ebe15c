# SPDX-License-Identifier: MIT
"""Runs programs in turn, several times, and checks what they answer."""

import dataclasses
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

from . import programs

NO_SUCH_TASK = 3

# A way to use threads that takes this many times what the program's best takes is not repeated, and
# is stopped when it takes far more: two threads that wait for each other can take a minute.
NOT_REPEATED = 1.5
STOPPED = 4
STOPPED_AT_LEAST = 20  # seconds
STOPPED_AT_LEAST_QUICK = 5


class WrongAnswer(Exception):
    pass


class Absent(Exception):
    """No measurement, and nobody's mistake: too slow, or not installed."""


@dataclasses.dataclass
class Process:
    """One process from start to end."""

    output: str
    errors: str
    exit_code: int
    seconds: float
    cpu_seconds: float
    peak_bytes: int
    was_stopped: bool


def run_process(command, environment, limit=None):
    """Runs a command; one that takes more than `limit` seconds is killed."""
    with tempfile.TemporaryFile("w+") as errors:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=errors, text=True, env={**os.environ, **environment})
        stopped = threading.Event()

        def stop():
            stopped.set()
            process.kill()

        timer = threading.Timer(limit, stop) if limit else None
        if timer:
            timer.start()
        output = process.stdout.read()
        # Not Popen.wait(), which would throw away what the system knows about memory.
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        if timer:
            timer.cancel()
        process.stdout.close()
        process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        return Process(output, errors.read(), process.returncode, seconds,
                       usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, stopped.is_set())


@dataclasses.dataclass
class Entrant:
    """One program with one way to use threads, and what was measured of it."""

    label: str
    name: str
    threads: str
    command: list
    environment: dict
    measurements: list = dataclasses.field(default_factory=list)
    problem: str = ""
    is_wrong: bool = False

    def median(self, quantity):
        return statistics.median(measured[quantity] for measured in self.measurements)


class Bench:
    """The programs' folder, the data, and how often and how long to measure."""

    def __init__(self, build, data, repeat, threads, quick):
        self.build = build
        self.data = data
        self.repeat = repeat
        self.threads = threads
        self.quick = quick
        self._missing = {}
        self._model_folder = tempfile.TemporaryDirectory(prefix="gradus-bench-")
        self._model = ""

    def model(self):
        """A trained 784-50-10 that every program can load."""
        if not self._model:
            path = f"{self._model_folder.name}/model.safetensors"
            job = {"task": "train", "data": str(self.data), "iterations": 2000, "model": path}
            command = programs.ALL["gradus"].command(self.build)
            process = run_process([*command, json.dumps(job)], {})
            if process.exit_code != 0:
                raise SystemExit(f"compare: {process.errors.strip()}")
            self._model = path
        return self._model

    def is_missing(self, program):
        if program.name not in self._missing:
            self._missing[program.name] = program.is_missing(self.build)
        return self._missing[program.name]

    def run(self, case):
        """All measurements of a case, as they go into a file."""
        entrants, missing = self._entrants(case)
        for i in range(self.repeat):
            for entrant in entrants:
                if not entrant.problem and not self._is_outrun(case, entrant, entrants):
                    print(f"{case.name}, {i + 1} of {self.repeat}: {entrant.label}, threads "
                          f"{entrant.threads}", file=sys.stderr)
                    self._measure(case, entrant, entrants)
        return {"title": case.title, "quantity": case.quantity, "missing": missing,
                "entrants": [{key: value for key, value in vars(entrant).items()
                              if key not in ("command", "environment")} for entrant in entrants]}

    def job(self, case):
        job = {"data": str(self.data), "seed": 1, **case.job}
        if self.quick:
            job.update(case.quick_job)
        if case.needs_model:
            job["model"] = self.model()
        return job

    def _entrants(self, case):
        entrants = [Entrant(label, label, "1", [word.format(build=self.build) for word in command],
                            programs.threads_environment(1, 1))
                    for label, command in case.commands.items()
                    if shutil.which(command[0].format(build=self.build))]
        missing = {}
        for name in case.programs:
            program = programs.ALL[name]
            if self.is_missing(program):
                missing[program.label] = program.package
                continue
            for count in [1] if case.only_one_thread else self.threads:
                job = {**self.job(case), **program.job, "threads": count}
                command = [*program.command(self.build), json.dumps(job)]
                entrants += [Entrant(program.label, name, label, command, environment)
                             for label, environment in program.thread_settings(count)]
        return entrants, missing

    @staticmethod
    def _siblings(entrant, entrants):
        """The same program with any threads, as far as it was measured."""
        return [other for other in entrants if other.name == entrant.name and other.measurements]

    def _is_outrun(self, case, entrant, entrants):
        if case.quantity != "seconds" or not entrant.measurements:
            return False
        best = min(other.median("seconds") for other in self._siblings(entrant, entrants))
        return entrant.median("seconds") > NOT_REPEATED * best

    def _measure(self, case, entrant, entrants):
        siblings = self._siblings(entrant, entrants)
        limit = None
        if siblings:
            best = min(other.median("process_seconds") for other in siblings)
            least = STOPPED_AT_LEAST_QUICK if self.quick else STOPPED_AT_LEAST
            limit = max(least, STOPPED * best)
        process = run_process(entrant.command, entrant.environment, limit)
        try:
            if process.was_stopped:
                raise Absent(f"stopped after {limit:.0f} s")
            if case.commands and process.exit_code != 0:
                raise Absent("missing")
            if process.exit_code == NO_SUCH_TASK:
                raise WrongAnswer("cannot do this")
            if process.exit_code != 0:
                lines = process.errors.strip().splitlines() or ["no message"]
                raise WrongAnswer(f"failed: {lines[-1]}")
            answer = json.loads(process.output) if not case.commands else {}
            measured = {"seconds": process.seconds, **answer, "peak_bytes": process.peak_bytes,
                        "process_seconds": process.seconds, "cpu_seconds": process.cpu_seconds}
            self._check(case, measured, entrants)
            entrant.measurements.append(measured)
        except Absent as reason:
            entrant.problem = str(reason)
        except WrongAnswer as reason:
            entrant.problem = str(reason)
            entrant.is_wrong = True

    def _check(self, case, measured, entrants):
        low, high = (self.quick and case.quick_accuracy) or case.accuracy
        accuracy = measured.get("accuracy")
        if accuracy is not None and not low <= accuracy <= high:
            raise WrongAnswer(f"accuracy {accuracy:.4f}, expected {low} to {high}")
        first = entrants[0].measurements
        if accuracy is not None and first:
            difference = abs(accuracy - first[0]["accuracy"])
            if difference > case.agreement:
                raise WrongAnswer(f"accuracy {accuracy:.4f}, {entrants[0].label} has "
                                  f"{first[0]['accuracy']:.4f}")
        if not measured.get("error", 0.0) <= case.largest_error:
            raise WrongAnswer(f"an element is off by {measured['error']:.1e}")
