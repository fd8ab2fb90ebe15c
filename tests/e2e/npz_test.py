# SPDX-License-Identifier: MIT
"""MNIST as Keras has it: one file of NumPy arrays."""

import unittest

import numpy as np
from program import ProgramTest, read_idx


class Npz(ProgramTest):
    def setUp(self):
        super().setUp()
        self.run_program("data", "make", "digits", "--out", "digits")
        read = lambda name: read_idx(self.folder / "digits" / name)  # noqa: E731
        self.arrays = {"x_test": read("t10k-images-idx3-ubyte"),
                       "x_train": read("train-images-idx3-ubyte"),
                       "y_train": read("train-labels-idx1-ubyte"),
                       "y_test": read("t10k-labels-idx1-ubyte")}
        self.expected = self.train("--iterations", 20)["parameters_sha256"]

    def test_trains_as_the_same_images_in_other_files_do(self):
        for save in (np.savez, np.savez_compressed):
            save(self.folder / "mnist.npz", **self.arrays)
            self.assertEqual(self.train("--data", "mnist.npz", "--iterations",
                                        20)["parameters_sha256"], self.expected)

    def test_is_found_in_a_folder_and_as_mnist(self):
        (self.folder / "data/mnist").mkdir(parents=True)
        np.savez_compressed(self.folder / "data/mnist/mnist.npz", **self.arrays)
        text = self.run_program("data", "info", "data/mnist").stdout
        self.assertIn("data/mnist: 60,000 training and 10,000 test images of 28x28, 10 classes", text)
        text = self.run_program("data", "info", "mnist",
                                environment={"GRADUS_DATA_DIR": str(self.folder / "data")}).stdout
        self.assertIn("mnist: 60,000 training and 10,000 test images of 28x28, 10 classes", text)

    def test_that_is_damaged_is_refused_in_one_line(self):
        np.savez_compressed(self.folder / "x.npz", x_train=self.arrays["x_train"][:9])
        error = self.run_program("data", "info", "x.npz", expect=2).stderr
        self.assertEqual(error, 'gradus: x.npz: has no array "y_train"; there are "x_train"\n')
        data = (self.folder / "x.npz").read_bytes()
        (self.folder / "x.npz").write_bytes(data[:-9])
        error = self.run_program("data", "info", "x.npz", expect=2).stderr
        self.assertIn("x.npz: at byte", error)
        self.assertEqual(error.count("\n"), 1)


if __name__ == "__main__":
    unittest.main()
