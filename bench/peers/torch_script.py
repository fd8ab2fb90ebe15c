#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""PyTorch as fast as it goes with some care: gradients by hand, the whole loop in TorchScript."""

import time
from typing import List

import job as jobs
import torch

EVALUATION_ROWS = 1000


@torch.jit.script
def forward(parameters: List[torch.Tensor], x: torch.Tensor, is_relu: bool) -> List[torch.Tensor]:
    """What each layer gives; the last are the scores."""
    outputs: List[torch.Tensor] = []
    count = len(parameters) // 2
    for i in range(count):
        x = torch.addmm(parameters[2 * i + 1], x, parameters[2 * i])
        if i + 1 < count:
            x = x.relu_() if is_relu else x.sigmoid_()
        outputs.append(x)
    return outputs


@torch.jit.script
def train_loop(parameters: List[torch.Tensor], train_x: torch.Tensor, labels: torch.Tensor,
               batch: int, iterations: int, learning_rate: float, is_relu: bool):
    for iteration in range(iterations):
        chosen = torch.randint(train_x.size(0), (batch,))
        x = train_x.index_select(0, chosen)
        outputs = forward(parameters, x, is_relu)
        d = outputs[-1].softmax(1)
        d.scatter_add_(1, labels.index_select(0, chosen).unsqueeze(1), torch.full((batch, 1), -1.0))
        d.div_(batch)
        for j in range(len(outputs)):
            i = len(outputs) - 1 - j
            below = outputs[i - 1] if i > 0 else x
            d_bias = d.sum(0)
            d_weights_input = d
            if i > 0:
                d = d.mm(parameters[2 * i].t())
                if is_relu:
                    d.mul_(below > 0)
                else:
                    d.mul_(below * (1 - below))
            parameters[2 * i].addmm_(below.t(), d_weights_input, alpha=-learning_rate)
            parameters[2 * i + 1].sub_(d_bias, alpha=learning_rate)


def accuracy(parameters, is_relu, x, labels):
    right = sum((forward(parameters, rows, is_relu)[-1].argmax(1) == classes).sum().item()
                for rows, classes in zip(x.split(EVALUATION_ROWS), labels.split(EVALUATION_ROWS)))
    return right / len(x)


def load(job):
    return [torch.from_numpy(array) for array in jobs.load_mnist(job)]


@torch.no_grad()
def train(job):
    train_x, train_labels, test_x, test_labels = load(job)
    torch.manual_seed(job.seed)
    parameters = [torch.from_numpy(values).float() for values in jobs.initial_parameters(job)]
    is_relu = job.activation == "relu"

    def run(iterations):
        train_loop(parameters, train_x, train_labels, job.batch, iterations, job.learning_rate,
                   is_relu)

    start = time.perf_counter()
    done = 0
    while done < job.iterations:
        # The first evaluation is after one iteration, as in the other programs.
        piece = 1 if job.evaluate_every and done == 0 else job.evaluate_every or job.iterations
        piece = min(piece, job.iterations - done)
        run(piece)
        done += piece
        if job.evaluate_every and (done - 1) % job.evaluate_every == 0:
            accuracy(parameters, is_relu, train_x, train_labels)
            accuracy(parameters, is_relu, test_x, test_labels)
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "accuracy": accuracy(parameters, is_relu, test_x, test_labels)}


@torch.no_grad()
def evaluate(job):
    _, _, test_x, test_labels = load(job)
    parameters = [torch.from_numpy(values) for values in jobs.read_model(job.model)]
    is_relu = job.activation == "relu"
    seconds = jobs.seconds_each(job.iterations,
                                lambda: accuracy(parameters, is_relu, test_x, test_labels))
    return {"seconds": seconds, "accuracy": accuracy(parameters, is_relu, test_x, test_labels)}


@torch.no_grad()
def predict(job):
    _, _, test_x, test_labels = load(job)
    parameters = [torch.from_numpy(values) for values in jobs.read_model(job.model)]
    is_relu = job.activation == "relu"
    return jobs.predict_each(job, test_x, test_labels.numpy(),
                             lambda x: forward(parameters, x, is_relu)[-1].argmax().item())


if __name__ == "__main__":
    jobs.answer({"train": train, "evaluate": evaluate, "predict": predict})
