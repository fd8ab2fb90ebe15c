# SPDX-License-Identifier: MIT
"""More than a thousand bad inputs: each gets exit code 2 and one line that says what is wrong, nothing
is left behind, and no more memory is taken than the files have a right to.

A fixed part of them is run each time; all of them by

    GRADUS_LONG=1 ctest --preset release -R e2e.bad_input
"""

import collections
import errno
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

import bad_files
import bad_options
from file_kinds import checkpoint, model

PROGRAM = os.environ["GRADUS_PROGRAM"]
PEAK_MEMORY = os.environ["GRADUS_PEAK_MEMORY"]
SHIM = os.environ.get("GRADUS_FAULT_SHIM")
IS_LONG = bool(os.environ.get("GRADUS_LONG"))
SEED = 20261121
MIN_CASES = 1000
SHARE = 5  # every fifth case of a group is in the short form
LEAST_OF_GROUP = 6
MIB = 1 << 20

Outcome = collections.namedtuple("Outcome", "code output errors memory")


class BadInput(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="gradus-bad-")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        source = random.Random(SEED)
        rows = [",".join([str(i % 3), *(f"{source.gauss(i % 3, 1):.3f}" for _ in range(4))])
                for i in range(30)]
        cls.write("data.csv", ("label,a,b,c,d\n" + "\n".join(rows) + "\n").encode())
        cls.write("images.safetensors", model([784, 2], sample_shape="28,28"))
        for name, data in bad_files.IMAGE_FILES.items():
            cls.write(f"images/{name}", data)
        cls.options = ["--data", "data.csv", "--layers", "4,3", "--batch", "5", "--threads", "2"]
        good = [cls.run_program("train", *cls.options, "--iterations", "20", "--out", "run"),
                cls.run_program("evaluate", "run"), cls.run_program("predict", "run", "data.csv"),
                cls.run_program("gradcheck", "run/model.safetensors", "--samples", "9"),
                cls.run_program("data", "info", "images"),
                cls.run_program("diff", "x^2", "--at", "3")]
        assert all(outcome.code == 0 for outcome in good), good
        cls.memory_of_the_program = max(outcome.memory for outcome in good)
        cls.stop_a_run()

    @classmethod
    def stop_a_run(cls):
        """A run stopped by Ctrl-C, with a checkpoint."""
        process = subprocess.Popen([PROGRAM, "train", *cls.options, "--iterations", "1000000", "--out",
                                    "stopped"],
                                   cwd=cls.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not list(cls.folder.glob("stopped/checkpoint-*")):
            assert process.poll() is None
            time.sleep(0.001)
        process.send_signal(signal.SIGINT)
        assert process.wait() == 130

    @classmethod
    def write(cls, name, data):
        path = cls.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    @classmethod
    def run_program(cls, *arguments, environment=None, stdout=subprocess.PIPE):
        reading, writing = os.pipe()
        process = subprocess.run(
            [PEAK_MEMORY, str(writing), PROGRAM, *arguments], cwd=cls.folder, stdin=subprocess.DEVNULL,
            stdout=stdout, stderr=subprocess.PIPE, pass_fds=[writing], env={
                **os.environ, "GRADUS_DATA_DIR": str(cls.folder / "none"), **(environment or {})})
        os.close(writing)
        with open(reading) as report:
            status, kibibytes = map(int, report.read().split())
        return Outcome(os.waitstatus_to_exitcode(status),
                       (process.stdout or b"").decode(errors="replace"),
                       process.stderr.decode(errors="replace"), kibibytes * 1024)

    def everything_there(self):
        """Every file and folder, with what tells whether it was written to."""
        return {str(path.relative_to(self.folder)): (None if path.is_dir() else (
            path.stat().st_size, path.stat().st_mtime_ns)) for path in self.folder.rglob("*")}

    def complaint_about(self, case):
        """What is wrong with how the program takes a case; None when nothing is."""
        for name, data in case.files.items():
            self.write(name, data)
        before = self.everything_there()
        outcome = self.run_program(*case.arguments, environment=case.environment)
        after = self.everything_there()
        for path in after.keys() - before.keys():
            shutil.rmtree(self.folder / path, ignore_errors=True)
            (self.folder / path).unlink(missing_ok=True)
        shutil.rmtree(self.folder / "bad", ignore_errors=True)
        lines = outcome.errors.split("\n")
        own_size = sum(map(len, case.files.values())) + case.content_size
        allowed = self.memory_of_the_program + 8 * MIB + 4 * own_size
        if outcome.code != 2:
            return f"exit code {outcome.code}, expected 2: {outcome.errors[:150]}"
        if outcome.output:
            return f"printed {outcome.output[:200]!r}"
        if len(lines) != 2 or lines[1] or not lines[0].startswith("gradus: ") or len(lines[0]) < 20:
            return f"expected one line on stderr: {outcome.errors[:300]!r}"
        if len(outcome.errors) > 2000:
            return f"{len(outcome.errors)} bytes of complaint"
        if any(ord(c) < 32 for c in lines[0]):
            return "the line is not text"
        if not all(text in lines[0] for text in case.says):
            return f"expected {case.says}: {lines[0][:150]}"
        if after != before:
            return f"changed {sorted(str(entry) for entry in after.items() ^ before.items())}"
        if outcome.memory > allowed:
            return f"took {outcome.memory >> 20} MB, allowed {allowed >> 20}"
        return None

    def all_cases(self):
        source = random.Random(SEED)
        stopped = {path.name: path.read_bytes() for path in (self.folder / "stopped").iterdir()}
        for generator in (bad_files.image_folders, bad_files.csv_files, bad_files.picture_folders,
                          bad_files.samples, bad_files.npz_files, bad_files.models, bad_options.expressions,
                          bad_options.configs):
            yield from generator(source)
        yield from bad_options.options(lambda command: self.run_program(*command, "--help").output)
        yield from bad_options.usage()
        yield from bad_options.misfits()
        yield from bad_options.run_descriptions(source, stopped)

    def test_all_are_refused_in_one_line_and_leave_nothing(self):
        groups = collections.defaultdict(list)
        for case in self.all_cases():
            groups[case.group].append(case)
        self.assertGreaterEqual(sum(map(len, groups.values())), MIN_CASES)
        num_run, problems = 0, []
        for group, cases in groups.items():
            step = 1 if IS_LONG else max(1, min(SHARE, len(cases) // LEAST_OF_GROUP))
            for case in cases[::step]:
                num_run += 1
                complaint = self.complaint_about(case)
                if complaint:
                    shown = " ".join(argument[:80] for argument in case.arguments)
                    problems.append(f"{group}: gradus {shown!r}: {complaint}")
        print(f"{num_run} of {sum(map(len, groups.values()))} bad inputs", file=sys.stderr)
        if problems:
            self.fail(f"{len(problems)} problems\n" + "\n".join(problems))

    def one_line(self, outcome, name, expect=1):
        self.assertEqual(outcome.code, expect, f"{name}: {outcome.errors}")
        self.assertRegex(outcome.errors, r"\Agradus: [^\n]{10,}\n\Z", name)
        return outcome.errors

    @unittest.skipUnless(SHIM, "the shim is not loaded with sanitizers")
    def test_a_full_disk_leaves_nothing_half_written(self):
        whole = self.run_program("train", *self.options, "--iterations", "20", "--out", "whole")
        self.assertEqual(whole.code, 0)
        right = (self.folder / "whole/model.safetensors").read_bytes()
        for call in ("write", "fsync", "rename", "fsync_folder"):
            num_failed = 0
            for number in range(1, 20 if IS_LONG else 8):
                name = f"full-{call}-{number}"
                outcome = self.run_program(
                    "train", *self.options, "--iterations", "20", "--out", name, environment={
                        "LD_PRELOAD": SHIM, "GRADUS_FAULT_CALL": call, "GRADUS_FAULT_NUMBER": str(number),
                        "GRADUS_FAULT_ERROR": str(errno.ENOSPC), "GRADUS_FAULT_FOLDER": f"{name}/"})
                if outcome.code != 0:  # else a checkpoint was lost, or there was no such call
                    num_failed += 1
                    self.assertIn(name, self.one_line(outcome, name))
                else:
                    self.assertTrue((self.folder / name / "model.safetensors").exists(), name)
                self.assertEqual(list(self.folder.glob(f"{name}/.gradus-*")), [], name)
                for path in self.folder.glob(f"{name}/*.safetensors"):
                    if path.name == "model.safetensors":
                        self.assertEqual(path.read_bytes(), right, name)
            self.assertGreater(num_failed, 3, f"{call} is hardly ever called")

    def test_a_reader_that_has_left_is_told_of(self):
        for arguments in (["data", "info", "data.csv"], ["diff", "x^2", "--at", "3"], ["evaluate", "run"],
                          ["descend", "x^2", "--from", "3", "--steps", "3000", "--all"],
                          ["predict", "run", "data.csv", "--json"], ["--help"], ["train", "--help"],
                          ["sweep", "--data", "data.csv", "--batch", "5", "--iterations", "3", "--lr",
                           "1,2"],
                          ["gradcheck", "run", "--samples", "9"], ["data", "list"],
                          ["train", *self.options, "--iterations", "20", "--out", "unread"]):
            reading, writing = os.pipe()
            os.close(reading)
            outcome = self.run_program(*arguments, stdout=writing)
            os.close(writing)
            self.assertEqual(self.one_line(outcome, arguments),
                             "gradus: the output could not be written\n")

    @unittest.skipUnless(SHIM, "the shim is not loaded with sanitizers")
    def test_damaged_checkpoints_are_told_of_and_not_used(self):
        options = [*self.options, "--iterations", "60", "--json", "--quiet"]
        whole = json.loads(self.run_program("train", *options, "--out", "done").output)
        killed = self.run_program("train", *options, "--out", "killed", environment={
            # When run.json is to say for the third time how it goes: that the run is done.
            "LD_PRELOAD": SHIM, "GRADUS_FAULT_CALL": "rename", "GRADUS_FAULT_NUMBER": "3",
            "GRADUS_FAULT_ERROR": "0", "GRADUS_FAULT_FOLDER": "killed/run.json"})
        self.assertEqual(killed.code, -signal.SIGKILL)
        left = {path.name: path.read_bytes() for path in (self.folder / "killed").iterdir()}
        names = [name for name in left if name.startswith("checkpoint-")]
        good = left[names[0]]
        source = random.Random(SEED)
        count = 40 if IS_LONG else 8
        damaged = [*bad_files.cuts(good, source, count), *bad_files.longer(good, source),
                   *bad_files.flips(good, source, count, 0, len(good)), model([4, 3]),
                   checkpoint([("parameters", [2], [1, 2])]),
                   checkpoint([("parameters", [2], [1, 2])], "F64")]
        for i, data in enumerate(damaged):
            folder = f"again{i}"
            for name, content in left.items():
                self.write(f"{folder}/{name}", data if name in names else content)
            outcome = self.run_program("train", "--resume", folder, "--json", "--quiet")
            self.assertEqual(outcome.code, 0, outcome.errors)
            lines = [line for line in outcome.errors.splitlines() if line.startswith("gradus: ")]
            self.assertEqual(len(lines), len(names), outcome.errors)
            self.assertTrue(all(f"{folder}/checkpoint-" in line for line in lines), lines)
            self.assertIn("the run begins anew", lines[-1])
            self.assertEqual(json.loads(outcome.output)["parameters_sha256"], whole["parameters_sha256"])

    @unittest.skipIf(os.geteuid() == 0, "nothing is read-only to root")
    def test_a_read_only_folder_is_told_of(self):
        (self.folder / "closed").mkdir(mode=0o555)
        outcome = self.run_program("train", *self.options, "--iterations", "1", "--out", "closed/run")
        self.assertIn("closed/run", self.one_line(outcome, "a new folder", expect=2))
        outcome = self.run_program("train", *self.options, "--iterations", "1", "--out", "closed")
        self.assertIn("closed", self.one_line(outcome, "the folder itself"))
        outcome = self.run_program("data", "make", "digits", "--out", "closed/digits")
        self.assertIn("closed/digits", self.one_line(outcome, "data make"))
        self.assertEqual(list((self.folder / "closed").iterdir()), [])


if __name__ == "__main__":
    unittest.main()
