# SPDX-License-Identifier: MIT
"""Runs the real program in a folder of its own, and reads what it wrote."""

import atexit
import csv
import functools
import json
import os
import pathlib
import struct
import subprocess
import tempfile
import unittest

import numpy as np

PROGRAM = os.environ["GRADUS_PROGRAM"]
DATA = os.environ.get("GRADUS_DATA_DIR")
HAS_MNIST = bool(DATA) and (pathlib.Path(DATA) / "mnist").is_dir()


@functools.cache
def few_digits():
    """A folder with the first of the built-in digits, 1,200 and 300: to read them takes no time."""
    folder = tempfile.TemporaryDirectory(prefix="gradus-digits-")
    atexit.register(folder.cleanup)
    made = pathlib.Path(folder.name) / "made"
    subprocess.run([PROGRAM, "data", "make", "digits", "--out", made], check=True, capture_output=True)
    few = pathlib.Path(folder.name) / "few"
    few.mkdir()
    for path in made.iterdir():
        write_idx(few / path.name, read_idx(path)[:1200 if path.name.startswith("train") else 300])
    return few


class ProgramTest(unittest.TestCase):
    """A test with an empty working folder."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="gradus-test-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def run_program(self, *arguments, expect=0, environment=None):
        """Runs `gradus ARGUMENTS`; returns the completed process, its output as text."""
        process = subprocess.run(
            [PROGRAM, *map(str, arguments)], cwd=self.folder, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, env={**os.environ, **(environment or {})}, timeout=900)
        self.assertEqual(process.returncode, expect,
                         f"gradus {' '.join(map(str, arguments))}\n{process.stdout}{process.stderr}")
        return process

    def train(self, *arguments):
        """Trains and returns what --json says."""
        process = self.run_program("train", *arguments, "--json", "--quiet")
        lines = process.stdout.splitlines()
        self.assertEqual(len(lines), 1, "--json prints one line on stdout")
        return json.loads(lines[0])

    def read_csv(self, path):
        with open(self.folder / path, newline="") as file:
            return list(csv.DictReader(file))


def read_safetensors(path):
    """Arrays and metadata of a safetensors file, read without the program."""
    data = pathlib.Path(path).read_bytes()
    (header_size,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8:8 + header_size])
    metadata = header.pop("__metadata__", {})
    types = {"F32": np.float32, "F64": np.float64}
    arrays = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        values = np.frombuffer(data[8 + header_size + begin:8 + header_size + end],
                               dtype=types[entry["dtype"]])
        arrays[name] = values.reshape(entry["shape"])
    return arrays, metadata


def read_idx(path):
    """An array of bytes in IDX format, read without the program."""
    data = pathlib.Path(path).read_bytes()
    num_axes = data[3]
    shape = struct.unpack(f">{num_axes}I", data[4:4 + 4 * num_axes])
    return np.frombuffer(data[4 + 4 * num_axes:], dtype=np.uint8).reshape(shape)


def write_idx(path, array):
    header = struct.pack(f">BBBB{array.ndim}I", 0, 0, 8, array.ndim, *array.shape)
    pathlib.Path(path).write_bytes(header + array.astype(np.uint8).tobytes())
