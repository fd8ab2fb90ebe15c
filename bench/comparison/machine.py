# SPDX-License-Identifier: MIT
"""Where and with what was measured, as the programs see it."""

import datetime
import os
import pathlib
import re
import subprocess

from . import programs

PACKAGES = {"Eigen": "libeigen3-dev", "OpenBLAS": "libopenblas0-pthread", "oneDNN": "libdnnl2"}


def first_match(pattern, path, default="unknown"):
    found = re.search(pattern, pathlib.Path(path).read_text(), re.MULTILINE)
    return found.group(1).strip() if found else default


def output_of(*command):
    """The first line a command prints, or nothing when it fails or is not there."""
    try:
        process = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    lines = process.stdout.splitlines()
    return lines[0].strip() if process.returncode == 0 and lines else ""


def versions(build):
    found = {"Gradus": output_of(str(build / "apps/cli/gradus"), "--version").split(" ")[-1]}
    compiler = first_match(r"^CMAKE_CXX_COMPILER:\w+=(.*)$", build / "CMakeCache.txt", "c++")
    found["compiler"] = output_of(compiler, "--version")
    found["Python"] = output_of(programs.PYTHON, "--version").split(" ")[-1]
    for label, module in (("NumPy", "numpy"), ("PyTorch", "torch")):
        found[label] = output_of(programs.PYTHON, "-c",
                                 f"import {module}; print({module}.__version__)")
    for label, package in PACKAGES.items():
        found[label] = output_of("dpkg-query", "--show", "--showformat=${Version}", package)
    found["NumPy's BLAS"] = numpy_blas()
    return {label: version for label, version in found.items() if version}


def numpy_blas():
    """Where NumPy's products come from: everything in Python is slow without a good BLAS."""
    path = output_of(programs.PYTHON, "-c",
                     "import numpy, re; numpy.ones((9, 9)) @ numpy.ones((9, 9))\n"
                     "maps = open('/proc/self/maps').read()\n"
                     "print(re.search(r'/\\S*lib(open)?blas\\S*', maps).group())")
    return pathlib.Path(path).parent.name if path else ""


def describe(bench):
    memory = first_match(r"^MemTotal:\s*(\d+) kB", "/proc/meminfo", "0")
    return {"date": datetime.date.today().isoformat(),
            "processor": first_match(r"^model name\s*:\s*(.*)$", "/proc/cpuinfo"),
            "processors": os.cpu_count(),
            "memory_gb": int(memory) / 1e6,
            "system": first_match(r'^PRETTY_NAME="(.*)"$', "/etc/os-release"),
            "versions": versions(bench.build),
            "load_at_start": os.getloadavg()[0]}
