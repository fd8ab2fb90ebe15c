# SPDX-License-Identifier: MIT
"""The programs that are compared: how each is started, and with how many threads."""

import dataclasses
import pathlib
import subprocess

PYTHON = "/usr/bin/python3"
PEERS = pathlib.Path(__file__).resolve().parent.parent / "peers"


def threads_environment(openmp, blas):
    return {"OMP_NUM_THREADS": str(openmp), "MKL_NUM_THREADS": str(openmp),
            "OPENBLAS_NUM_THREADS": str(blas)}


def same_threads(count):
    """One way to use so many threads: every library may."""
    return [(str(count), threads_environment(count, count))]


def torch_threads(count):
    """PyTorch's own threads and those of its BLAS get in each other's way: one or the other."""
    if count == 1:
        return same_threads(1)
    return [(f"{count} OpenMP", threads_environment(count, 1)),
            (f"{count} BLAS", threads_environment(1, count))]


@dataclasses.dataclass(frozen=True)
class Program:
    """Takes a job as JSON and prints an answer as JSON (bench/peers/job.hpp)."""

    name: str
    label: str
    file: str  # in bench/peers when it ends in .py, else in the build folder
    package: str  # what to install when it is missing
    module: str = ""  # that Python must be able to import
    job: dict = dataclasses.field(default_factory=dict)  # what its jobs have besides the case's
    thread_settings: object = same_threads

    def command(self, build):
        if self.file.endswith(".py"):
            return [PYTHON, "-B", str(PEERS / self.file)]
        return [str(build / "bench" / self.file)]

    def is_missing(self, build):
        if self.module:
            return subprocess.run([PYTHON, "-c", f"import {self.module}"], check=False,
                                  stderr=subprocess.DEVNULL).returncode != 0
        return not (build / "bench" / self.file).exists()


ALL = {program.name: program for program in [
    Program("gradus", "Gradus", "gradus_peer", "gradus"),
    Program("gradus-dense", "Gradus, --first-layer dense", "gradus_peer", "gradus",
            job={"first_layer": "dense"}),
    Program("gradus-double", "Gradus, --precision double", "gradus_peer", "gradus",
            job={"precision": "double"}),
    Program("numpy-textbook", "NumPy, the textbook's way, double", "numpy_textbook.py",
            "python3-numpy", "numpy"),
    Program("numpy", "NumPy with care, float", "numpy_tight.py", "python3-numpy", "numpy"),
    Program("torch", "PyTorch, nn and optim", "torch_eager.py", "python3-torch", "torch",
            thread_settings=torch_threads),
    Program("torch-script", "PyTorch with care, TorchScript", "torch_script.py", "python3-torch",
            "torch", thread_settings=torch_threads),
    Program("eigen", "C++ by hand on Eigen", "eigen_peer", "libeigen3-dev"),
    Program("openblas", "C++ by hand on OpenBLAS", "openblas_peer", "libopenblas-pthread-dev"),
    Program("onednn", "C++ by hand on oneDNN", "onednn_peer", "libdnnl-dev"),
]}
