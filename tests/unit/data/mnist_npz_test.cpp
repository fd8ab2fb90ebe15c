// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "gradus/data/mnist.hpp"
#include "gradus/formats/file.hpp"
#include "unit/formats/npy_bytes.hpp"
#include "unit/formats/temporary_folder.hpp"
#include "unit/formats/thrown.hpp"
#include "unit/formats/zip_bytes.hpp"

namespace gradus {
namespace {

/// Three images of 1 x 2 to learn from, one to test, to be damaged.
class MnistNpz : public ::testing::Test {
 protected:
  Bytes x_train = npy_file("|u1", "(3, 1, 2)", {0, 1, 2, 3, 4, 255});
  Bytes y_train = npy_file("|u1", "(3,)", {9, 0, 4});
  Bytes x_test = npy_file("|u1", "(1, 1, 2)", {6, 5});
  Bytes y_test = npy_file("|u1", "(1,)", {4});

  [[nodiscard]] std::filesystem::path path() const { return folder_.path() / "mnist.npz"; }

  void write() const {
    write_file(path(),
               ZipWriter()({deflated("x_test.npy", x_test), deflated("x_train.npy", x_train),
                            stored("y_train.npy", y_train), stored("y_test.npy", y_test)}));
  }

  [[nodiscard]] Dataset read() const {
    write();
    return read_mnist_npz(path());
  }

  /// What is wrong, without the path.
  [[nodiscard]] std::string read_error() const {
    const std::string message = data_error([&] { return read(); });
    return message.substr(std::min(message.size(), path().string().size() + 2));
  }

 private:
  TemporaryFolder folder_;
};

TEST_F(MnistNpz, IsReadAsKerasWritesIt) {
  const Dataset dataset = read();
  EXPECT_EQ(dataset.name, path().string());
  EXPECT_EQ(dataset.sample_shape, (Shape{1, 2}));
  EXPECT_EQ(dataset.num_classes, 3U);
  EXPECT_EQ(dataset.class_names, (std::vector<std::string>{"0", "4", "9"}));
  EXPECT_EQ(dataset.train.num_features, 2U);
  EXPECT_EQ(dataset.train.bytes, (Bytes{0, 1, 2, 3, 4, 255}));
  EXPECT_EQ(dataset.train.labels, (std::vector<Label>{2, 0, 1}));
  EXPECT_EQ(dataset.test.bytes, (Bytes{6, 5}));
  EXPECT_EQ(dataset.test.labels, std::vector<Label>{1});
}

TEST_F(MnistNpz, InAFolderIsFoundThereUnlessTheFourFilesAre) {
  write();
  const auto folder = path().parent_path();
  EXPECT_EQ(missing_mnist_file(folder), "");
  Dataset dataset = read_mnist_folder(folder);
  EXPECT_EQ(dataset.name, folder.string());
  EXPECT_EQ(dataset.train.bytes, (Bytes{0, 1, 2, 3, 4, 255}));
  dataset.train.bytes[0] = 77;
  write_mnist_folder(folder, dataset);
  EXPECT_EQ(read_mnist_folder(folder).train.bytes[0], 77);
}

TEST_F(MnistNpz, MayHaveLabelsOfAnyIntegerType) {
  y_train = npy_file("<i8", "(3,)",
                     {9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0});
  EXPECT_EQ(read().train.labels, (std::vector<Label>{2, 0, 1}));
  y_train = npy_file("|i1", "(3,)", {9, 255, 4});  // 255 is -1
  EXPECT_EQ(read().class_names, (std::vector<std::string>{"-1", "4", "9"}));
}

TEST_F(MnistNpz, WithALabelThatIsNoClassIsRefused) {
  y_train = npy_file("<f4", "(3,)", {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
  EXPECT_EQ(read_error(),
            "label 0 of y_train is 0 (float32), expected an integer that says a class");
}

TEST_F(MnistNpz, WithATestLabelThatTrainingNeverHasIsRefused) {
  y_test = npy_file("|u1", "(1,)", {200});
  EXPECT_EQ(read_error(), "label 0 of y_test is 200, expected a class that y_train has: 0, 4, 9");
  y_train = npy_file("|u1", "(3,)", {9, 200, 4});
  EXPECT_EQ(read().class_names, (std::vector<std::string>{"4", "9", "200"}));
}

TEST_F(MnistNpz, WithImagesThatAreNotPixelsIsRefused) {
  x_test = npy_file("<f4", "(1, 1, 2)", Bytes(8));
  EXPECT_EQ(read_error(), "x_test is of float32, expected uint8: pixels from 0 to 255");
}

TEST_F(MnistNpz, WithArraysOfAnotherShapeIsRefused) {
  x_train = npy_file("|u1", "(3, 2)", {0, 1, 2, 3, 4, 255});
  EXPECT_EQ(read_error(),
            "x_train is an array of shape (3, 2), expected 3 axes: images, height, width");
  x_train = npy_file("|u1", "(0, 1, 2)", {});
  EXPECT_EQ(read_error(),
            "x_train is an array of shape (0, 1, 2): the size of axis 1 is 0, expected at least 1");
  x_train = npy_file("|u1", "(3, 1, 0)", {});
  EXPECT_EQ(read_error(),
            "x_train is an array of shape (3, 1, 0): the size of axis 3 is 0, expected at least 1");
  x_train = npy_file("|u1", "(2, 1, 2)", {0, 1, 2, 3});
  EXPECT_EQ(read_error(), "y_train holds 3 labels for the 2 images of x_train");
  x_train = npy_file("|u1", "(3, 2, 1)", {0, 1, 2, 3, 4, 255});
  EXPECT_EQ(read_error(), "training images are (2, 1), test images (1, 2)");
}

TEST_F(MnistNpz, WithoutAnArrayIsRefused) {
  write_file(path(), ZipWriter()({stored("x_train.npy", x_train)}));
  EXPECT_NE(data_error([&] {
              return read_mnist_npz(path());
            }).find("has no array \"y_train\"; there are \"x_train\""),
            std::string::npos);
}

}  // namespace
}  // namespace gradus
