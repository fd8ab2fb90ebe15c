// SPDX-License-Identifier: MIT
#include "gradus/data/mnist.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/data/input_source.hpp"
#include "gradus/formats/file.hpp"
#include "gradus/formats/idx.hpp"
#include "support.hpp"
#include "unit/formats/temporary_folder.hpp"
#include "unit/formats/thrown.hpp"

namespace gradus {
namespace {

namespace fs = std::filesystem;
using Bytes = std::vector<std::uint8_t>;

/// Three images of 2 x 3 to learn from, one to test.
Dataset small_dataset() {
  Dataset dataset;
  dataset.name = "small";
  dataset.sample_shape = Shape{2, 3};
  dataset.num_classes = 10;
  dataset.train = {.num_features = 6,
                   .bytes = {0, 1, 2, 3, 4, 5, 255, 0, 0, 0, 0, 9, 7, 7, 7, 7, 7, 7},
                   .values = {},
                   .labels = {9, 0, 4}};
  dataset.test = {.num_features = 6, .bytes = {6, 5, 4, 3, 2, 1}, .values = {}, .labels = {4}};
  return dataset;
}

/// What reading the folder says is wrong, without the folder's name.
std::string read_error(const fs::path& folder) {
  std::string message = thrown<DataError>([&] { static_cast<void>(read_mnist_folder(folder)); });
  for (std::size_t at = message.find(folder.string()); at != std::string::npos;
       at = message.find(folder.string())) {
    message.replace(at, folder.string().size(), "FOLDER");
  }
  return message;
}

/// The small data set in a folder, to be damaged.
class MnistFolder : public ::testing::Test {
 protected:
  void SetUp() override { write_mnist_folder(path(), small_dataset()); }
  [[nodiscard]] const fs::path& path() const { return folder_.path(); }

 private:
  TemporaryFolder folder_;
};

TEST_F(MnistFolder, IsReadAsItWasWritten) {
  const Dataset read = read_mnist_folder(path());
  const Dataset written = small_dataset();
  EXPECT_EQ(read.train.bytes, written.train.bytes);
  EXPECT_EQ(read.train.labels, (std::vector<Label>{2, 0, 1}));  // of 9, 0, 4
  EXPECT_EQ(read.test.bytes, written.test.bytes);
  EXPECT_EQ(read.test.labels, std::vector<Label>{1});
  EXPECT_TRUE(read.train.values.empty());
}

TEST_F(MnistFolder, TellsShapeAndSize) {
  const Dataset dataset = read_mnist_folder(path());
  EXPECT_EQ(dataset.sample_shape, (Shape{2, 3}));
  EXPECT_EQ(dataset.train.num_features, 6U);
  EXPECT_EQ(dataset.test.num_features, 6U);
  EXPECT_EQ(dataset.train.num_samples(), 3U);
  EXPECT_EQ(dataset.test.num_samples(), 1U);
  EXPECT_EQ(dataset.name, path().string());
}

TEST_F(MnistFolder, HasTheClassesThatTrainingHasWithTheirNumbersAsNames) {
  const Dataset dataset = read_mnist_folder(path());
  EXPECT_EQ(dataset.num_classes, 3U);
  EXPECT_EQ(dataset.class_names, (std::vector<std::string>{"0", "4", "9"}));
  EXPECT_EQ(dataset.train.labels, (std::vector<Label>{2, 0, 1}));
  EXPECT_EQ(dataset.test.labels, std::vector<Label>{1});
}

TEST_F(MnistFolder, WithLabelsFromZeroOnNeedsNoNames) {
  Dataset dataset = small_dataset();
  dataset.train.labels = {1, 0, 2};
  dataset.test.labels = {2};
  write_mnist_folder(path(), dataset);
  EXPECT_EQ(read_mnist_folder(path()).num_classes, 3U);
  EXPECT_TRUE(read_mnist_folder(path()).class_names.empty());
  EXPECT_EQ(read_mnist_folder(path()).train.labels, dataset.train.labels);
}

TEST_F(MnistFolder, WithOneClassAloneIsRefused) {
  write_idx(path() / "train-labels-idx1-ubyte", {Shape{3}, {7, 7, 7}});
  EXPECT_EQ(read_error(path()), "FOLDER: every label is 7, expected at least two classes");
}

TEST_F(MnistFolder, WithALabelFarFromAllOthersIsRefused) {
  Bytes labels;
  for (std::uint8_t i = 0; i < 200; ++i) {
    labels.push_back(i == 77 ? std::uint8_t{255} : static_cast<std::uint8_t>(i % 10));
  }
  write_idx(path() / "train-images-idx3-ubyte", {Shape{200, 2, 3}, Bytes(1200)});
  write_idx(path() / "train-labels-idx1-ubyte", {Shape{200}, labels});
  EXPECT_EQ(read_error(path()),
            "FOLDER/train-labels-idx1-ubyte: label 77 of train-labels-idx1-ubyte is 255, far from "
            "all others: it is more likely damaged than a class of its own; correct it or leave "
            "out its image");
}

TEST_F(MnistFolder, MakesPicturesReadyInItsStyleWhenTheyAreOfItsSize) {
  EXPECT_EQ(read_mnist_folder(path()).pictures, PicturePreparation::as_is);
  write_idx(path() / "train-images-idx3-ubyte", {Shape{3, 28, 28}, Bytes(3 * 784)});
  write_idx(path() / "t10k-images-idx3-ubyte", {Shape{1, 28, 28}, Bytes(784)});
  EXPECT_EQ(read_mnist_folder(path()).pictures, PicturePreparation::mnist_style);
}

TEST_F(MnistFolder, WithATestLabelThatTrainingNeverHasIsRefused) {
  write_idx(path() / "t10k-images-idx3-ubyte", {Shape{3, 2, 3}, Bytes(18)});
  write_idx(path() / "t10k-labels-idx1-ubyte", {Shape{3}, {0, 9, 9}});
  EXPECT_EQ(read_mnist_folder(path()).test.labels, (std::vector<Label>{0, 2, 2}));
  for (const auto label : Bytes{8, 10}) {
    write_idx(path() / "t10k-labels-idx1-ubyte", {Shape{3}, {0, label, 9}});
    EXPECT_EQ(read_error(path()),
              "FOLDER/t10k-labels-idx1-ubyte: label 1 of "
              "t10k-labels-idx1-ubyte is " +
                  std::to_string(label) +
                  ", expected a class that train-labels-idx1-ubyte has: 0, 4, "
                  "9");
  }
}

TEST_F(MnistFolder, HasTheNamesMnistComesWith) {
  for (const char* name : {"train-images-idx3-ubyte", "train-labels-idx1-ubyte",
                           "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"}) {
    EXPECT_TRUE(fs::exists(path() / name)) << name;
  }
}

TEST_F(MnistFolder, MayHoldCompressedFiles) {
  const Bytes plain = read_file(path() / "train-images-idx3-ubyte");
  fs::remove(path() / "train-images-idx3-ubyte");
  gzFile file = gzopen((path() / "train-images-idx3-ubyte.gz").c_str(), "wb");
  ASSERT_NE(file, nullptr);
  EXPECT_EQ(gzwrite(file, plain.data(), static_cast<unsigned>(plain.size())),
            static_cast<int>(plain.size()));
  EXPECT_EQ(gzclose(file), Z_OK);
  EXPECT_EQ(missing_mnist_file(path()), "");
  EXPECT_EQ(read_mnist_folder(path()).train.bytes, small_dataset().train.bytes);
}

/// Gives the files of the folder other names: `name(standard)` of each.
void rename_files(const fs::path& folder, const std::function<std::string(std::string)>& name) {
  for (const char* standard : {"train-images-idx3-ubyte", "train-labels-idx1-ubyte",
                               "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"}) {
    const fs::path target = folder / name(standard);
    fs::create_directories(target.parent_path());
    fs::rename(folder / standard, target);
  }
}

std::string dotted(std::string name) {
  return name.replace(name.find("-idx"), 1, ".");
}

TEST_F(MnistFolder, MayHaveItsFilesAs7ZipUnpacksThem) {
  EXPECT_TRUE(has_mnist_files(path()));
  rename_files(path(), dotted);
  EXPECT_TRUE(has_mnist_files(path()));
  EXPECT_EQ(missing_mnist_file(path()), "");
  EXPECT_EQ(read_mnist_folder(path()).train.bytes, small_dataset().train.bytes);
}

TEST_F(MnistFolder, MayHaveEachFileInAFolderOfItsName) {
  rename_files(path(), [](const std::string& name) { return name + ".inside/" + name; });
  for (const fs::path& folder : {path()}) {
    for (const char* name : {"train-images-idx3-ubyte", "train-labels-idx1-ubyte",
                             "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"}) {
      fs::rename(folder / (std::string(name) + ".inside"), folder / name);
    }
  }
  EXPECT_TRUE(has_mnist_files(path()));
  EXPECT_EQ(read_mnist_folder(path()).train.bytes, small_dataset().train.bytes);
}

std::string of_emnist(std::string name) {
  const std::size_t test = name.find("t10k");
  return "emnist-letters-" + (test == 0 ? "test" + name.substr(4) : name);
}

TEST_F(MnistFolder, OfEmnistIsTurned) {
  rename_files(path(), of_emnist);
  EXPECT_TRUE(has_mnist_files(path()));
  const Dataset dataset = read_mnist_folder(path());
  EXPECT_TRUE(dataset.picture_facts.were_transposed);
  EXPECT_EQ(dataset.sample_shape, (Shape{3, 2}));
  EXPECT_EQ(Bytes(dataset.train.bytes.begin(), dataset.train.bytes.begin() + 12),
            (Bytes{0, 3, 1, 4, 2, 5, 255, 0, 0, 0, 0, 9}));
  EXPECT_EQ(dataset.test.bytes, (Bytes{6, 3, 5, 2, 4, 1}));
}

TEST_F(MnistFolder, OfEmnistHasClassesNamedByItsMapping) {
  rename_files(path(), of_emnist);
  const fs::path mapping = path() / "emnist-letters-mapping.txt";
  write_text_file(mapping, "0 65 97\r\n4 66 98\n\n");
  EXPECT_EQ(read_mnist_folder(path()).class_names, (std::vector<std::string>{"A", "B", "9"}));
  write_text_file(mapping, "0 65\n4 1000\n");
  EXPECT_EQ(read_error(path()),
            "FOLDER/emnist-letters-mapping.txt: line 2: expected a label and the code of its "
            "character, 33 to 126, as in: 10 65");
}

TEST_F(MnistFolder, WithSeveralDataSetsOfEmnistIsRefused) {
  rename_files(path(), of_emnist);
  fs::copy(path() / "emnist-letters-train-images-idx3-ubyte",
           path() / "emnist-digits-train-images-idx3-ubyte");
  EXPECT_EQ(read_error(path()),
            "FOLDER: holds several data sets, emnist-digits, emnist-letters: put the four files of "
            "one into a folder of their own");
}

TEST_F(MnistFolder, WithoutOneOfItsFilesIsRefused) {
  EXPECT_EQ(missing_mnist_file(path()), "");
  fs::remove(path() / "t10k-labels-idx1-ubyte");
  EXPECT_EQ(missing_mnist_file(path()), "t10k-labels-idx1-ubyte");
  EXPECT_EQ(read_error(path()),
            "FOLDER/t10k-labels-idx1-ubyte: no such file, nor one with .gz behind its name");
}

TEST_F(MnistFolder, ThatIsNotThereIsRefused) {
  EXPECT_EQ(read_error(path() / "nowhere"),
            "FOLDER/train-images-idx3-ubyte: no such file, nor one with .gz behind its name");
}

TEST_F(MnistFolder, WithMoreLabelsThanImagesIsRefused) {
  write_idx(path() / "train-labels-idx1-ubyte", {Shape{4}, {9, 0, 4, 4}});
  EXPECT_EQ(read_error(path()),
            "FOLDER/train-labels-idx1-ubyte: holds 4 labels for the 3 images beside it");
}

TEST_F(MnistFolder, WithFewerTestLabelsThanImagesIsRefused) {
  write_idx(path() / "t10k-images-idx3-ubyte", {Shape{2, 2, 3}, Bytes(12)});
  EXPECT_EQ(read_error(path()),
            "FOLDER/t10k-labels-idx1-ubyte: holds 1 label for the 2 images beside it");
}

TEST_F(MnistFolder, WithImagesOfTwoSizesIsRefused) {
  write_idx(path() / "t10k-images-idx3-ubyte", {Shape{1, 3, 2}, Bytes(6)});
  EXPECT_EQ(read_error(path()), "FOLDER: training images are (2, 3), test images (3, 2)");
}

TEST_F(MnistFolder, WithLabelsInPlaceOfImagesIsRefused) {
  write_idx(path() / "train-images-idx3-ubyte", {Shape{3}, Bytes(3)});
  EXPECT_EQ(read_error(path()),
            "FOLDER/train-images-idx3-ubyte: holds an array of shape (3,), expected 3 axes: "
            "images, height, width");
}

TEST_F(MnistFolder, WithImagesInPlaceOfLabelsIsRefused) {
  write_idx(path() / "train-labels-idx1-ubyte", {Shape{3, 1}, Bytes(3)});
  EXPECT_EQ(read_error(path()),
            "FOLDER/train-labels-idx1-ubyte: holds an array of shape (3, 1), expected 1 axis: "
            "labels");
}

TEST(WriteMnistFolder, MakesTheFolder) {
  const TemporaryFolder folder;
  write_mnist_folder(folder.path() / "a" / "b", small_dataset());
  EXPECT_EQ(read_mnist_folder(folder.path() / "a" / "b").test.bytes, small_dataset().test.bytes);
}

TEST(WriteMnistFolder, RefusesSamplesThatAreNotImagesOfBytes) {
  const TemporaryFolder folder;
  const auto refusal = [&](const Dataset& dataset) {
    return thrown<ShapeError>([&] { write_mnist_folder(folder.path(), dataset); });
  };
  Dataset flat = small_dataset();
  flat.sample_shape = Shape{6};
  EXPECT_EQ(refusal(flat), "write_mnist_folder: small does not hold images of bytes");
  Dataset numbers = small_dataset();
  numbers.train.values.assign(18, 0.5F);
  numbers.train.bytes.clear();
  EXPECT_EQ(refusal(numbers), "write_mnist_folder: small does not hold images of bytes");
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

// A label is one byte in these files: 256 must not come back as 0.
TEST(WriteMnistFolder, RefusesALabelThatIsNotAByte) {
  const TemporaryFolder folder;
  Dataset dataset = small_dataset();
  dataset.train.labels[1] = 256;
  EXPECT_THROW(write_mnist_folder(folder.path(), dataset), ValueError);
}

TEST(WriteMnistFolder, NamesAFolderThatCannotBeMade) {
  const TemporaryFolder folder;
  write_idx(folder.path() / "file", {Shape{1}, {0}});
  const fs::path inside = folder.path() / "file" / "inside";
  EXPECT_EQ(thrown<FileError>([&] { write_mnist_folder(inside, small_dataset()); }),
            inside.string() + ": cannot create the folder: Not a directory");
}

/// The real one, when it is there.
class RealMnist : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* folder = std::getenv("GRADUS_DATA_DIR");
    if (folder == nullptr || *folder == 0) {
      GTEST_SKIP() << "The real MNIST is not tested: set GRADUS_DATA_DIR to the folder that has it "
                      "in mnist/.";
    }
    dataset_ = read_mnist_folder(fs::path(folder) / "mnist");
  }
  [[nodiscard]] const Dataset& dataset() const { return dataset_; }

 private:
  Dataset dataset_;
};

std::array<std::size_t, 10> counts_of(const std::vector<Label>& labels) {
  std::array<std::size_t, 10> counts{};
  for (const Label label : labels) {
    ++counts.at(label);
  }
  return counts;
}

TEST_F(RealMnist, Has70000ImagesOf28By28InTenClasses) {
  EXPECT_EQ(dataset().sample_shape, (Shape{28, 28}));
  EXPECT_EQ(dataset().num_classes, 10U);
  EXPECT_EQ(dataset().train.num_samples(), 60'000U);
  EXPECT_EQ(dataset().train.num_features, 784U);
  EXPECT_EQ(dataset().train.bytes.size(), 60'000U * 784);
  EXPECT_EQ(dataset().test.num_samples(), 10'000U);
  EXPECT_EQ(dataset().test.bytes.size(), 10'000U * 784);
  EXPECT_EQ(
      counts_of(dataset().train.labels),
      (std::array<std::size_t, 10>{5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949}));
  EXPECT_EQ(choose_input_form(dataset().train), InputForm::sparse);
}

TEST_F(RealMnist, HasPixelsFromZeroToOneWhenScaled) {
  InputSource<float> source(dataset().test, 1.0 / 255, InputForm::dense);
  std::vector<std::uint32_t> all(dataset().test.num_samples());
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    all[i] = i;
  }
  const Input<float> rows = source.rows(all);
  const auto pixels = std::get<MatrixView<const float>>(rows).elements();
  EXPECT_EQ(*std::min_element(pixels.begin(), pixels.end()), 0.0F);
  EXPECT_EQ(*std::max_element(pixels.begin(), pixels.end()), 1.0F);
}

}  // namespace
}  // namespace gradus
