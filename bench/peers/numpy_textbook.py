#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The textbook's algorithm in NumPy: two layers, written for reading, weights in double.

Images are float32 and labels one-hot, as the textbook's loader gives them.
"""

import time

import job as jobs
import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def softmax(scores):
    powers = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    return powers / np.sum(powers, axis=-1, keepdims=True)


def cross_entropy_error(probabilities, targets):
    picked = probabilities[np.arange(len(targets)), targets.argmax(axis=1)]
    return -np.sum(np.log(picked + 1e-7)) / len(targets)


class Net:
    def __init__(self, parameters):
        self.parameters = dict(zip(("W1", "b1", "W2", "b2"), parameters))

    def predict(self, x):
        p = self.parameters
        hidden = sigmoid(np.dot(x, p["W1"]) + p["b1"])
        return softmax(np.dot(hidden, p["W2"]) + p["b2"])

    def loss(self, x, t):
        return cross_entropy_error(self.predict(x), t)

    def accuracy(self, x, t):
        return float(np.mean(self.predict(x).argmax(axis=1) == t.argmax(axis=1)))

    def gradient(self, x, t):
        p = self.parameters
        hidden = sigmoid(np.dot(x, p["W1"]) + p["b1"])
        y = softmax(np.dot(hidden, p["W2"]) + p["b2"])
        d_scores = (y - t) / len(x)
        d_hidden = np.dot(d_scores, p["W2"].T) * (1 - hidden) * hidden
        return {"W1": np.dot(x.T, d_hidden), "b1": np.sum(d_hidden, axis=0),
                "W2": np.dot(hidden.T, d_scores), "b2": np.sum(d_scores, axis=0)}


def one_hot(labels):
    return np.eye(10)[labels]


def load(job):
    train_x, train_labels, test_x, test_labels = jobs.load_mnist(job)
    return train_x, one_hot(train_labels), test_x, one_hot(test_labels)


def train(job):
    train_x, train_t, test_x, test_t = load(job)
    np.random.seed(job.seed)
    net = Net(jobs.initial_parameters(job))
    start = time.perf_counter()
    for i in range(job.iterations):
        chosen = np.random.choice(len(train_x), job.batch)
        gradient = net.gradient(train_x[chosen], train_t[chosen])
        for name in net.parameters:
            net.parameters[name] -= job.learning_rate * gradient[name]
        if job.evaluate_every and i % job.evaluate_every == 0:
            net.accuracy(train_x, train_t)
            net.accuracy(test_x, test_t)
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "accuracy": net.accuracy(test_x, test_t)}


def gradient(job):
    """Central differences of some parameters of every array; the time is scaled up to all."""
    x, t, _, _ = load(job)
    x, t = x[:job.batch], t[:job.batch]
    net = Net(jobs.initial_parameters(job))
    exact = net.gradient(x, t)
    total = sum(values.size for values in net.parameters.values())
    stride = max(1, total // job.sample) if job.sample else 1
    h = 1e-4
    largest_error, num_measured = 0.0, 0
    start = time.perf_counter()
    for name, values in net.parameters.items():
        flat = values.reshape(-1)
        for i in range(0, flat.size, stride):
            value = flat[i]
            flat[i] = value + h
            above = net.loss(x, t)
            flat[i] = value - h
            below = net.loss(x, t)
            flat[i] = value
            error = abs((above - below) / (2 * h) - exact[name].reshape(-1)[i])
            largest_error = max(largest_error, error)
            num_measured += 1
    seconds = (time.perf_counter() - start) * total / num_measured
    return {"seconds": seconds, "error": largest_error, "measured_on": num_measured}


def evaluate(job):
    _, _, test_x, test_t = load(job)
    net = Net([values.astype(float) for values in jobs.read_model(job.model)])
    seconds = jobs.seconds_each(job.iterations, lambda: net.accuracy(test_x, test_t))
    return {"seconds": seconds, "accuracy": net.accuracy(test_x, test_t)}


def predict(job):
    _, _, test_x, test_t = load(job)
    net = Net([values.astype(float) for values in jobs.read_model(job.model)])
    return jobs.predict_each(job, test_x, test_t.argmax(axis=1),
                             lambda x: np.argmax(net.predict(x)))


if __name__ == "__main__":
    jobs.answer({"train": train, "gradient": gradient, "evaluate": evaluate, "predict": predict})
