#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""PyTorch as most people write it: nn.Sequential, CrossEntropyLoss, optim.SGD."""

import time

import job as jobs
import torch


def make_net(job, parameters):
    layers = []
    for weights, bias in zip(parameters[0::2], parameters[1::2]):
        linear = torch.nn.Linear(*weights.shape)
        with torch.no_grad():
            linear.weight.copy_(torch.from_numpy(weights).T)
            linear.bias.copy_(torch.from_numpy(bias))
        layers += [linear, torch.nn.ReLU() if job.activation == "relu" else torch.nn.Sigmoid()]
    return torch.nn.Sequential(*layers[:-1])


def load(job):
    return [torch.from_numpy(array) for array in jobs.load_mnist(job)]


@torch.no_grad()
def accuracy(net, x, labels):
    return (net(x).argmax(1) == labels).float().mean().item()


def train(job):
    train_x, train_labels, test_x, test_labels = load(job)
    torch.manual_seed(job.seed)
    net = make_net(job, jobs.initial_parameters(job))
    loss_function = torch.nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(net.parameters(), lr=job.learning_rate)
    start = time.perf_counter()
    for i in range(job.iterations):
        chosen = torch.randint(len(train_x), (job.batch,))
        optimizer.zero_grad(set_to_none=True)
        loss_function(net(train_x[chosen]), train_labels[chosen]).backward()
        optimizer.step()
        if job.evaluate_every and i % job.evaluate_every == 0:
            accuracy(net, train_x, train_labels)
            accuracy(net, test_x, test_labels)
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "accuracy": accuracy(net, test_x, test_labels)}


def evaluate(job):
    _, _, test_x, test_labels = load(job)
    net = make_net(job, jobs.read_model(job.model))
    seconds = jobs.seconds_each(job.iterations, lambda: accuracy(net, test_x, test_labels))
    return {"seconds": seconds, "accuracy": accuracy(net, test_x, test_labels)}


def predict(job):
    _, _, test_x, test_labels = load(job)
    net = make_net(job, jobs.read_model(job.model))
    with torch.inference_mode():
        return jobs.predict_each(job, test_x, test_labels.numpy(), lambda x: net(x).argmax().item())


if __name__ == "__main__":
    jobs.answer({"train": train, "evaluate": evaluate, "predict": predict})
