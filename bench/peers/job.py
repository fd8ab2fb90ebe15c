# SPDX-License-Identifier: MIT
"""What the programs in Python share: the job they are given, MNIST, a model of Gradus, the answer.

The counterpart of job.hpp, which says what the values of a job mean.
"""

import gzip
import json
import pathlib
import struct
import sys
import time
import types

import numpy as np

NO_SUCH_TASK = 3

DEFAULTS = {
    "threads": 1, "seed": 1, "layers": [784, 50, 10], "activation": "sigmoid",
    "initializer": "normal", "batch": 100, "iterations": 10000, "learning_rate": 0.1,
    "evaluate_every": 0, "train_samples": 0, "sample": 0, "model": "",
}


def read_idx(folder, name, offset):
    plain = pathlib.Path(folder) / name
    data = plain.read_bytes() if plain.exists() else gzip.open(f"{plain}.gz").read()
    return np.frombuffer(data, np.uint8, offset=offset)


def load_mnist(job):
    """Training and test images as float32 from 0 to 1, one in a row, each with its labels."""
    count = job.train_samples or None
    halves = []
    for part, limit in (("train", count), ("t10k", None)):
        images = read_idx(job.data, f"{part}-images-idx3-ubyte", 16).reshape(-1, 784)[:limit]
        labels = read_idx(job.data, f"{part}-labels-idx1-ubyte", 8)[:limit]
        halves += [images.astype(np.float32) / np.float32(255), labels.astype(np.int64)]
    return halves


def initial_parameters(job):
    """[W1, b1, W2, b2, ...]: weights from N(0, sigma^2), biases 0."""
    random = np.random.default_rng(job.seed)
    parameters = []
    for inputs, outputs in zip(job.layers, job.layers[1:]):
        sigma = np.sqrt(2 / inputs) if job.initializer == "he" else 0.01
        parameters += [sigma * random.standard_normal((inputs, outputs)), np.zeros(outputs)]
    return parameters


def read_model(path):
    """[W1, b1, W2, b2, ...] of a model that Gradus wrote."""
    data = pathlib.Path(path).read_bytes()
    (size,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8:8 + size])
    arrays = {}
    for name, entry in header.items():
        if name != "__metadata__":
            begin, end = entry["data_offsets"]
            values = np.frombuffer(data[8 + size + begin:8 + size + end], np.float32)
            arrays[name] = values.reshape(entry["shape"]).copy()
    return [arrays[f"{kind}{layer}"] for layer in range(1, len(arrays) // 2 + 1) for kind in "Wb"]


def read_job():
    return types.SimpleNamespace(**{**DEFAULTS, **json.loads(sys.argv[1])})


def answer(tasks):
    """Does the job of the command line with the function of its name."""
    job = read_job()
    if job.task not in tasks:
        sys.exit(NO_SUCH_TASK)
    print(json.dumps(tasks[job.task](job)))


def seconds_each(count, action):
    """Mean time of an action, after one that is not counted."""
    action()
    start = time.perf_counter()
    for _ in range(count):
        action()
    return (time.perf_counter() - start) / count


def predict_each(job, images, labels, classify):
    """Classifies images one by one: the mean time, and the share that is right."""
    count = min(job.iterations, len(images))
    classify(images[:1])
    start = time.perf_counter()
    classes = [classify(images[i:i + 1]) for i in range(count)]
    seconds = time.perf_counter() - start
    return {"seconds": seconds / count,
            "accuracy": float(np.mean(np.array(classes) == labels[:count]))}


def load(job):
    start = time.perf_counter()
    images = load_mnist(job)[0]
    return {"seconds": time.perf_counter() - start, "images": len(images)}
