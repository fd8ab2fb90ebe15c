# SPDX-License-Identifier: MIT
"""MNIST as Keras has it, one file of NumPy arrays, and the folders Keras and torchvision make."""

import gzip
import shutil
import unittest

import numpy as np
from file_kinds import idx, npy, npz
from program import ProgramTest, few_digits, read_idx

NAMES = ("train-images-idx3-ubyte", "train-labels-idx1-ubyte",
         "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte")


class Npz(ProgramTest):
    def setUp(self):
        super().setUp()
        read = lambda name: read_idx(few_digits() / name)  # noqa: E731
        self.arrays = {"x_test": read("t10k-images-idx3-ubyte"),
                       "x_train": read("train-images-idx3-ubyte"),
                       "y_train": read("train-labels-idx1-ubyte"),
                       "y_test": read("t10k-labels-idx1-ubyte")}

    def test_trains_as_the_same_images_in_other_files_do(self):
        expected = self.train("--data", few_digits(), "--iterations", 20)["parameters_sha256"]
        for save in (np.savez, np.savez_compressed):
            save(self.folder / "mnist.npz", **self.arrays)
            self.assertEqual(self.train("--data", "mnist.npz", "--iterations",
                                        20)["parameters_sha256"], expected)

    def test_is_found_in_a_folder_and_as_mnist(self):
        (self.folder / "data/mnist").mkdir(parents=True)
        np.savez_compressed(self.folder / "data/mnist/mnist.npz", **self.arrays)
        text = self.run_program("data", "info", "data/mnist").stdout
        self.assertIn("data/mnist: 1,200 training and 300 test images of 28x28, 10 classes", text)
        text = self.run_program("data", "info", "mnist",
                                environment={"GRADUS_DATA_DIR": str(self.folder / "data")}).stdout
        self.assertIn("mnist: 1,200 training and 300 test images of 28x28, 10 classes", text)

    def test_that_is_damaged_is_refused_in_one_line(self):
        np.savez_compressed(self.folder / "x.npz", x_train=self.arrays["x_train"][:9])
        error = self.run_program("data", "info", "x.npz", expect=2).stderr
        self.assertEqual(error, 'gradus: x.npz: has no array "y_train"; there are "x_train"\n')
        data = (self.folder / "x.npz").read_bytes()
        (self.folder / "x.npz").write_bytes(data[:-9])
        error = self.run_program("data", "info", "x.npz", expect=2).stderr
        self.assertIn("x.npz: at byte", error)
        self.assertEqual(error.count("\n"), 1)


class Folders(ProgramTest):
    def test_folders_of_torchvision_and_keras_are_read_as_they_are(self):
        images, labels = idx([3, 2, 2], range(12)), idx([3], [0, 1, 2])
        for inside in ("MNIST/raw", "FashionMNIST/raw", "KMNIST/raw", "fashion-mnist"):
            with self.subTest(inside=inside):
                root = self.folder / inside.replace("/", "-")
                (root / inside).mkdir(parents=True)
                for name in NAMES:
                    content = images if "images" in name else labels
                    (root / inside / f"{name}.gz").write_bytes(gzip.compress(content))
                for place in (root, root / inside, (root / inside).parent):
                    output = self.run_program("data", "info", place).stdout
                    self.assertIn("3 training and 3 test images of 2x2, 3 classes", output)
        shutil.move(self.folder / "KMNIST-raw" / "KMNIST", self.folder / "MNIST-raw")
        process = self.run_program("data", "info", "MNIST-raw", expect=2)
        self.assertIn("several data sets; choose one of MNIST-raw/MNIST/raw, MNIST-raw/KMNIST/raw",
                      process.stderr)

    def test_keras_mnist_beside_its_fashion_mnist_is_asked_about(self):
        labels = npy("|u1", (3,), b"\0\1\2")
        (self.folder / "keras").mkdir()
        (self.folder / "keras/mnist.npz").write_bytes(npz({
            "x_train": npy("|u1", (3, 2, 3), bytes(18)), "y_train": labels,
            "x_test": npy("|u1", (3, 2, 3), bytes(18)), "y_test": labels}))
        self.assertIn("images of 2x3", self.run_program("data", "info", "keras").stdout)
        (self.folder / "keras/fashion-mnist").mkdir()
        for name in NAMES:
            content = idx([3, 2, 2], range(12)) if "images" in name else idx([3], [0, 1, 2])
            (self.folder / "keras/fashion-mnist" / f"{name}.gz").write_bytes(gzip.compress(content))
        process = self.run_program("data", "info", "keras", expect=2)
        self.assertEqual(process.stderr, "gradus: keras: holds several data sets; choose one of "
                                         "keras/mnist.npz, keras/fashion-mnist\n")
        for choice, size in (("mnist.npz", "2x3"), ("fashion-mnist", "2x2")):
            self.assertIn(f"images of {size}",
                          self.run_program("data", "info", f"keras/{choice}").stdout)


if __name__ == "__main__":
    unittest.main()
