# SPDX-License-Identifier: MIT
"""A run that is stopped in any way and continued ends with the same bits as one that was not.

The long form, with 200 kills and every moment of every write:

    GRADUS_LONG=1 ctest --preset release -R e2e.resume
"""

import errno
import json
import os
import random
import signal
import subprocess
import time
import unittest

from program import PROGRAM, ProgramTest

IS_LONG = bool(os.environ.get("GRADUS_LONG"))
SHIM = os.environ.get("GRADUS_FAULT_SHIM")

# Every optimizer, schedule and sampling at least once.
# So many that a program which is to be stopped is not done before, even when the test is kept waiting.
MANY_ITERATIONS = 150000

RUNS = (
    ["--optimizer", "sgd", "--lr", "0.05", "--schedule", "cosine:0.1"],
    ["--optimizer", "momentum", "--lr", "0.01", "--sampling", "shuffle", "--warmup", "100"],
    ["--optimizer", "nesterov", "--lr", "0.01", "--schedule", "step:700:0.5"],
    ["--optimizer", "adagrad", "--lr", "0.05", "--precision", "double"],
    ["--optimizer", "rmsprop", "--lr", "0.001", "--schedule", "exponential:0.1"],
    ["--optimizer", "adam", "--lr", "0.003", "--validation", "60", "--early-stop", "400",
     "--sampling", "shuffle"],
    ["--gradient", "numerical", "--optimizer", "adam", "--lr", "0.01", "--iterations", "600"],
)


class Resume(ProgramTest):
    def setUp(self):
        super().setUp()
        self.random = random.Random(20261121)
        rows = []
        for i in range(400):
            label = i % 3
            features = [self.random.gauss(label * (k - 1.5), 1) for k in range(4)]
            rows.append(",".join([str(label)] + [f"{value:.4f}" for value in features]))
        (self.folder / "data.csv").write_text("label,a,b,c,d\n" + "\n".join(rows) + "\n")
        self.common = ["--data", "data.csv", "--layers", "4,8,3", "--batch", "20"]

    def start(self, *arguments, environment=None):
        command = [PROGRAM, "train", *map(str, arguments), "--quiet", "--json"]
        return subprocess.Popen(command, cwd=self.folder, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True,
                                env={**os.environ, **(environment or {})})

    def finish(self, *arguments):
        """Runs to the end; returns the checksum of the parameters."""
        process = self.start(*arguments)
        output, errors = process.communicate(timeout=600)
        self.assertEqual(process.returncode, 0, errors)
        return json.loads(output)["parameters_sha256"]

    def options(self, run):
        iterations = [] if "--iterations" in run else ["--iterations", 6000 if IS_LONG else 3000]
        return [*self.common, *run, *iterations]

    def begin_or_resume(self, name, options):
        if (self.folder / name / "run.json").exists():
            return ["--resume", name]
        return [*options, "--out", name]

    def assert_same_run(self, one, other):
        for file in ("loss.csv", "accuracy.csv"):
            self.assertEqual((self.folder / one / file).read_text(),
                             (self.folder / other / file).read_text(), f"{file} of {other}")
        # A kill after the last word of run.json may leave checkpoints that nobody needs.
        left = {path.name for path in (self.folder / other).iterdir()
                if not path.name.startswith("checkpoint-")}
        self.assertEqual(left, {"run.json", "loss.csv", "accuracy.csv", "model.safetensors"})

    def test_a_run_killed_anywhere_continues_to_the_same_bits(self):
        num_kills = 0
        for i, run in enumerate(RUNS):
            options = self.options(run)
            began = time.monotonic()
            whole = self.finish(*options, "--out", f"whole{i}")
            duration = time.monotonic() - began
            for kills in range(30 if IS_LONG else 3):
                name = f"killed{i}-{kills}"
                for attempt in range(3):
                    process = self.start(*self.begin_or_resume(name, options),
                                         "--threads", self.random.choice((1, 2, 3)))
                    try:
                        process.communicate(timeout=self.random.uniform(0.01, duration))
                        if process.returncode == 0:
                            break
                    except subprocess.TimeoutExpired:
                        process.kill()
                        process.communicate()
                        num_kills += 1
                status = json.loads((self.folder / name / "run.json").read_text())["status"] \
                    if (self.folder / name / "run.json").exists() else "none"
                if status != "finished":
                    self.assertEqual(self.finish(*self.begin_or_resume(name, options)), whole)
                self.assert_same_run(f"whole{i}", name)
        self.assertGreater(num_kills, 200 if IS_LONG else 10)

    def test_ctrl_c_saves_and_says_how_to_go_on(self):
        options = [*self.common, "--iterations", MANY_ITERATIONS]
        whole = self.finish(*options, "--out", "whole")
        process = self.start(*options, "--out", "stopped")
        self.wait_for_checkpoints("stopped", process)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=600)
        self.assertEqual(process.returncode, 130, errors)
        self.assertIn("train --resume stopped", errors)
        self.assertEqual(self.finish("--resume", "stopped"), whole)
        self.assert_same_run("whole", "stopped")

    @unittest.skipUnless(SHIM, "the shim is not loaded with sanitizers")
    def test_no_moment_of_a_write_is_a_bad_one(self):
        options = self.options(RUNS[5])
        whole = self.finish(*options, "--out", "whole")
        numbers = range(1, 60) if IS_LONG else (1, 2, 3, 5, 8, 12)
        for call in ("write", "fsync", "rename", "fsync_folder"):
            for error in (0, errno.ENOSPC, errno.EIO):
                for number in numbers:
                    name = f"{call}-{error}-{number}"
                    process = self.start(*options, "--out", name, environment={
                        "LD_PRELOAD": SHIM, "GRADUS_FAULT_CALL": call,
                        "GRADUS_FAULT_NUMBER": str(number), "GRADUS_FAULT_ERROR": str(error),
                        "GRADUS_FAULT_FOLDER": f"{name}/"})
                    output, errors = process.communicate(timeout=600)
                    expected = {-signal.SIGKILL} if error == 0 else {1}
                    self.assertIn(process.returncode, expected | {0}, f"{name}: {errors}")
                    if process.returncode == 0:  # it came to the end without, or in spite of it
                        self.assertEqual(json.loads(output)["parameters_sha256"], whole)
                    else:
                        again = self.finish(*self.begin_or_resume(name, options))
                        self.assertEqual(again, whole, name)
                    self.assert_same_run("whole", name)

    def wait_for_checkpoints(self, name, process):
        while len(list((self.folder / name).glob("checkpoint-*"))) < 2:
            self.assertIsNone(process.poll(), "the run ended too soon")

    def kill_after_checkpoints(self, name, options):
        """A run killed when it has two checkpoints."""
        process = self.start(*options, "--out", name)
        self.wait_for_checkpoints(name, process)
        process.kill()
        process.communicate()
        return sorted((self.folder / name).glob("checkpoint-*"),
                      key=lambda path: int(path.stem.split("-")[1]))

    def test_a_damaged_checkpoint_is_told_and_the_one_before_it_used(self):
        options = [*self.common, "--iterations", MANY_ITERATIONS]
        whole = self.finish(*options, "--out", "whole")
        for name, damage in (("flipped", lambda data: data[:-9] + bytes([data[-9] ^ 1]) + data[-8:]),
                             ("cut", lambda data: data[:-100]),
                             ("empty", lambda data: b"")):
            newest = self.kill_after_checkpoints(name, options)[-1]
            newest.write_bytes(damage(newest.read_bytes()))
            process = self.start("--resume", name)
            output, errors = process.communicate(timeout=600)
            self.assertEqual(process.returncode, 0, errors)
            self.assertIn(f"{newest.name}", errors)
            self.assertIn("the one before it is used", errors)
            self.assertEqual(json.loads(output)["parameters_sha256"], whole)
            self.assert_same_run("whole", name)

    def contents(self, name):
        """All files of a run but those that a killed program was about to write."""
        return {path.name: path.read_bytes() for path in (self.folder / name).iterdir()
                if not path.name.startswith(".gradus-")}

    def test_other_options_or_data_are_refused(self):
        options = [*self.common, "--iterations", MANY_ITERATIONS]
        self.kill_after_checkpoints("killed", options)
        (self.folder / "seed.toml").write_text("seed = 2\n")
        self.assertEqual(self.run_program("evaluate", "killed", expect=2).stderr,
                         "gradus: killed: the run has no model; if it was stopped, "
                         f"`{PROGRAM} train --resume killed` goes on with it\n")
        before = self.contents("killed")
        for arguments, complaint in (
                (["--lr", "0.2"], "--lr is 0.2, but the run was begun with 0.1"),
                (["--optimizer", "adam"], '--optimizer is "adam", but the run was begun with "sgd"'),
                (["--seed", "2"], "--seed is 2, but the run was begun with 1"),
                (["--config", "seed.toml"],
                 "seed.toml: --resume killed: --seed is 2, but the run was begun with 1"),
                (["--epochs", "2"], "--epochs is 2, but the run was begun without"),
                (["--out", "elsewhere"], "--out: a run that is resumed stays where it is")):
            process = self.run_program("train", "--resume", "killed", *arguments, expect=2)
            self.assertEqual(process.stderr.count("\n"), 1, process.stderr)
            self.assertIn(complaint, process.stderr)
        (self.folder / "data.csv").write_text(
            (self.folder / "data.csv").read_text().replace("0.1", "0.2", 1))
        process = self.run_program("train", "--resume", "killed", expect=2)
        self.assertIn("the data are not those the run was begun with", process.stderr)
        self.assertEqual(before, self.contents("killed"))

    def test_epochs_are_compared_as_they_were_typed(self):
        self.kill_after_checkpoints("killed", [*self.common, "--epochs", 3000])
        for arguments, complaint in (
                (["--epochs", "3001"], "--epochs is 3001, but the run was begun with 3000"),
                (["--iterations", "5"], "--iterations is 5, but the run was begun with")):
            process = self.run_program("train", "--resume", "killed", *arguments, expect=2)
            self.assertIn(complaint, process.stderr)

    def test_a_checkpoint_that_cannot_be_read_is_no_damaged_one(self):
        newest = self.kill_after_checkpoints("killed", [*self.common, "--iterations", MANY_ITERATIONS])[-1]
        newest.rename(self.folder / "kept")
        newest.symlink_to(newest.name)  # leads to itself
        before = {path.name for path in (self.folder / "killed").iterdir()
                  if not path.name.startswith(".gradus-")}
        process = self.run_program("train", "--resume", "killed", expect=2)
        self.assertIn(f"killed/{newest.name}: cannot read: ", process.stderr)
        self.assertEqual(before, {path.name for path in (self.folder / "killed").iterdir()})

    def test_a_folder_is_written_by_one_process_at_a_time(self):
        options = [*self.common, "--iterations", 100000000]
        process = self.start(*options, "--out", "busy")
        self.wait_for_checkpoints("busy", process)
        for arguments in (["--resume", "busy"], [*options, "--out", "busy"]):
            refused = self.run_program("train", *arguments, expect=2)
            self.assertEqual(refused.stderr,
                             "gradus: busy: another process is writing a run there\n")
        self.assertIsNone(process.poll(), "it goes on")
        process.kill()
        process.communicate()

    def test_the_command_to_go_on_is_as_a_shell_takes_it(self):
        name = "my run's $HOME"
        process = self.start(*self.common, "--iterations", MANY_ITERATIONS, "--out", name)
        self.wait_for_checkpoints(name, process)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=600)
        command = next(line for line in errors.splitlines() if line.startswith("continue  "))
        subprocess.run(["sh", "-c", command.removeprefix("continue  ") + " --quiet"],
                       cwd=self.folder, check=True, stdout=subprocess.DEVNULL)
        run = json.loads((self.folder / name / "run.json").read_text())
        self.assertEqual(run["status"], "finished")

    def test_the_data_may_have_moved(self):
        options = [*self.common, "--iterations", MANY_ITERATIONS]
        whole = self.finish(*options, "--out", "whole")
        self.kill_after_checkpoints("killed", options)
        (self.folder / "data.csv").rename(self.folder / "moved.csv")
        process = self.run_program("train", "--resume", "killed", expect=2)
        self.assertIn("--resume killed: what the run learns from is not there: data.csv: no such "
                      "file", process.stderr)
        self.assertIn("say with --data where it is now", process.stderr)
        self.assertEqual(self.finish("--resume", "killed", "--data", "moved.csv"), whole)
        self.assertEqual(self.finish("--data", "moved.csv", *self.common[2:], "--iterations", 5,
                                     "--out", "other"),
                         self.finish("--data", "./moved.csv", *self.common[2:], "--iterations", 5,
                                     "--out", "same"))

    def test_a_run_keeps_its_instruction_set(self):
        options = [*self.common, "--iterations", MANY_ITERATIONS]
        there = self.run_program("train", environment={"GRADUS_INSTRUCTION_SET": "none"}, expect=2).stderr
        slowest = there.strip().split(", ")[-1]  # SCALAR by g++, EMU128 by clang
        plain = {"GRADUS_INSTRUCTION_SET": slowest}
        process = self.start(*options, "--out", "whole", environment=plain)
        whole = json.loads(process.communicate(timeout=600)[0])["parameters_sha256"]
        process = self.start(*options, "--out", "killed", environment=plain)
        self.wait_for_checkpoints("killed", process)
        process.kill()
        process.communicate()
        path = self.folder / "killed/run.json"
        run = json.loads(path.read_text())
        self.assertEqual(run["instruction_set"], slowest)
        path.write_text(json.dumps(run | {"instruction_set": "ABACUS"}))
        self.assertIn("the run was begun with ABACUS instructions, and this machine has ",
                      self.run_program("train", "--resume", "killed", "--data", "elsewhere",
                                       expect=2).stderr)
        path.write_text(json.dumps(run))
        self.assertEqual(self.finish("--resume", "killed"), whole)

    def test_a_resumed_run_that_diverges_leaves_no_model(self):
        options = [*self.common, "--schedule", "exponential:1e30", "--activation", "relu", "--init",
                   "he", "--iterations", 1_000_000]
        self.kill_after_checkpoints("killed", options)
        (self.folder / "killed/model.safetensors").write_bytes(b"of an interruption")
        process = self.run_program("train", "--resume", "killed", expect=1)
        self.assertIn("no model was saved in killed", process.stderr)
        self.assertFalse((self.folder / "killed/model.safetensors").exists())

    @unittest.skipUnless(SHIM, "the shim is not loaded with sanitizers")
    def test_a_checkpoint_that_is_lost_is_told_of_at_once(self):
        first_of_a_checkpoint = 5  # after those of run.json, two CSV files, and run.json again
        process = self.start(*self.common, "--iterations", MANY_ITERATIONS, "--out", "lost", environment={
            "LD_PRELOAD": SHIM, "GRADUS_FAULT_CALL": "rename",
            "GRADUS_FAULT_NUMBER": str(first_of_a_checkpoint),
            "GRADUS_FAULT_ERROR": str(errno.ENOSPC), "GRADUS_FAULT_FOLDER": "lost/"})
        _, errors = process.communicate(timeout=600)
        self.assertEqual(process.returncode, 0, errors)
        self.assertEqual(errors.count("gradus: warning: a checkpoint is lost: lost/checkpoint-"), 1)
        self.assertIn("No space left on device; training goes on\n", errors)

    def test_only_a_run_that_is_not_done_can_be_resumed(self):
        self.finish(*self.common, "--iterations", 10, "--out", "done")
        process = self.run_program("train", "--resume", "done", expect=2)
        self.assertIn('--resume done: the run is done ("finished")', process.stderr)
        process = self.run_program("train", "--resume", "nowhere", expect=2)
        self.assertIn("nowhere/run.json", process.stderr)


if __name__ == "__main__":
    unittest.main()
