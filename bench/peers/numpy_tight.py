#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""NumPy as fast as it goes with some care: float32, and no array made in the loop."""

import time

import job as jobs
import numpy as np

EVALUATION_ROWS = 1000


class Net:
    def __init__(self, job, parameters):
        self.parameters = [values.astype(np.float32) for values in parameters]
        self.weights = self.parameters[0::2]
        self.biases = self.parameters[1::2]
        self.is_relu = job.activation == "relu"
        self.gradients = [np.empty_like(values) for values in self.parameters]
        self.outputs = {}

    def buffers(self, rows):
        """An output and its gradient for each layer, kept for each number of rows."""
        if rows not in self.outputs:
            self.outputs[rows] = [
                (np.empty((rows, len(b)), np.float32), np.empty((rows, len(b)), np.float32))
                for b in self.biases]
        return self.outputs[rows]

    def forward(self, x):
        layers = self.buffers(len(x))
        for i, (y, _) in enumerate(layers):
            np.dot(x, self.weights[i], out=y)
            y += self.biases[i]
            if i + 1 == len(layers):
                return y
            if self.is_relu:
                np.maximum(y, 0, out=y)
            else:
                np.negative(y, out=y)
                np.exp(y, out=y)
                y += 1
                np.reciprocal(y, out=y)
            x = y

    def train(self, x, labels, rows, learning_rate):
        layers = self.buffers(len(x))
        scores = self.forward(x)
        d = layers[-1][1]
        np.subtract(scores, scores.max(axis=1, keepdims=True), out=d)
        np.exp(d, out=d)
        d /= d.sum(axis=1, keepdims=True)
        d[rows, labels] -= 1
        d *= np.float32(1 / len(x))
        for i in reversed(range(len(layers))):
            below = layers[i - 1][0] if i else x
            np.dot(below.T, d, out=self.gradients[2 * i])
            np.sum(d, axis=0, out=self.gradients[2 * i + 1])
            if i:
                d_below = layers[i - 1][1]
                np.dot(d, self.weights[i].T, out=d_below)
                if self.is_relu:
                    d_below *= below > 0
                else:
                    d_below *= below
                    np.subtract(1, below, out=below)
                    d_below *= below
                    np.subtract(1, below, out=below)
                d = d_below
        for values, gradient in zip(self.parameters, self.gradients):
            gradient *= learning_rate
            values -= gradient

    def accuracy(self, x, labels):
        right = sum(int(np.sum(self.forward(x[i:i + EVALUATION_ROWS]).argmax(axis=1)
                               == labels[i:i + EVALUATION_ROWS]))
                    for i in range(0, len(x), EVALUATION_ROWS))
        return right / len(x)


def train(job):
    train_x, train_labels, test_x, test_labels = jobs.load_mnist(job)
    random = np.random.default_rng(job.seed)
    net = Net(job, jobs.initial_parameters(job))
    learning_rate = np.float32(job.learning_rate)
    rows = np.arange(job.batch)
    x = np.empty((job.batch, train_x.shape[1]), np.float32)
    start = time.perf_counter()
    for i in range(job.iterations):
        chosen = random.integers(0, len(train_x), job.batch)
        np.take(train_x, chosen, axis=0, out=x, mode="clip")  # other modes copy twice
        net.train(x, train_labels[chosen], rows, learning_rate)
        if job.evaluate_every and i % job.evaluate_every == 0:
            net.accuracy(train_x, train_labels)
            net.accuracy(test_x, test_labels)
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "accuracy": net.accuracy(test_x, test_labels)}


def evaluate(job):
    _, _, test_x, test_labels = jobs.load_mnist(job)
    net = Net(job, jobs.read_model(job.model))
    seconds = jobs.seconds_each(job.iterations, lambda: net.accuracy(test_x, test_labels))
    return {"seconds": seconds, "accuracy": net.accuracy(test_x, test_labels)}


def predict(job):
    _, _, test_x, test_labels = jobs.load_mnist(job)
    net = Net(job, jobs.read_model(job.model))
    return jobs.predict_each(job, test_x, test_labels, lambda x: net.forward(x).argmax())


if __name__ == "__main__":
    jobs.answer({"train": train, "evaluate": evaluate, "predict": predict, "load": jobs.load})
