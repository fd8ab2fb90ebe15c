# SPDX-License-Identifier: MIT
"""What is compared: each case is a job, the programs that do it, how its answer is checked."""

import dataclasses
import math

EVERYBODY = ["gradus", "numpy-textbook", "numpy", "torch", "torch-script", "eigen", "openblas",
             "onednn"]


@dataclasses.dataclass(frozen=True)
class Case:
    name: str
    title: str
    job: dict
    programs: list  # names; the first is what the others are compared with
    quantity: str = "seconds"  # or peak_bytes; a key of a measurement
    accuracy: tuple = (0.0, 1.0)  # of the answers
    agreement: float = math.inf  # how far an accuracy may be from the first program's
    largest_error: float = math.inf  # of a gradient
    needs_model: bool = False
    only_one_thread: bool = False
    commands: dict = dataclasses.field(default_factory=dict)  # label: command, its whole time
    quick_job: dict = dataclasses.field(default_factory=dict)  # what --quick changes
    quick_accuracy: tuple = ()


DEEP = {"layers": [784, 512, 256, 10], "activation": "relu", "initializer": "he", "batch": 128}

CASES = [
    Case("textbook", "Training 784-50-10 on MNIST, batches of 100, 10,000 iterations of SGD",
         {"task": "train"}, ["gradus", "gradus-double", *EVERYBODY[1:]], accuracy=(0.938, 0.953),
         quick_job={"iterations": 2000}, quick_accuracy=(0.89, 0.92)),
    Case("textbook-eval",
         "The same with the accuracy of all 70,000 images after every 600th iteration",
         {"task": "train", "evaluate_every": 600}, EVERYBODY, accuracy=(0.938, 0.953),
         quick_job={"iterations": 2000}, quick_accuracy=(0.89, 0.92)),
    Case("batch-1000", "Training 784-50-10, batches of 1,000, 1,000 iterations",
         {"task": "train", "batch": 1000, "iterations": 1000}, EVERYBODY, accuracy=(0.855, 0.88),
         quick_job={"iterations": 500}, quick_accuracy=(0.71, 0.78)),
    Case("deep", "Training 784-512-256-10, relu, batches of 128, 1,000 iterations",
         {"task": "train", "iterations": 1000, **DEEP},
         ["gradus", "gradus-dense", "numpy", "torch", "torch-script", "eigen", "openblas",
          "onednn"], accuracy=(0.948, 0.967), quick_job={"iterations": 300},
         quick_accuracy=(0.91, 0.945)),
    Case("numerical-gradient",
         "One gradient of 784-50-10 by two losses for each of 39,760 parameters, 100 images",
         {"task": "gradient", "iterations": 20, "sample": 1000},
         ["gradus", "numpy-textbook", "eigen", "openblas"], largest_error=1e-6,
         quick_job={"iterations": 5, "sample": 100}),
    Case("evaluate", "The accuracy of 10,000 images, 784-50-10",
         {"task": "evaluate", "iterations": 20}, EVERYBODY, agreement=0.0003, needs_model=True,
         quick_job={"iterations": 3}),
    Case("latency", "One image at a time, 784-50-10", {"task": "predict", "iterations": 10000},
         EVERYBODY, agreement=0.0003, needs_model=True, only_one_thread=True),
    Case("startup", "From nothing to ready: a whole process", {}, [], commands={
        "gradus --help": ["{build}/apps/cli/gradus", "--help"],
        "python3 -c 'import numpy'": ["/usr/bin/python3", "-c", "import numpy"],
        "python3 -c 'import torch'": ["/usr/bin/python3", "-c", "import torch"]}),
    Case("load", "Reading MNIST, gzipped as it comes, without the start of the process",
         {"task": "load"}, ["gradus", "numpy"], only_one_thread=True),
    Case("memory", "The most memory the process of a textbook run ever has",
         {"task": "train", "iterations": 600}, EVERYBODY, "peak_bytes", accuracy=(0.76, 0.83),
         only_one_thread=True),
]
