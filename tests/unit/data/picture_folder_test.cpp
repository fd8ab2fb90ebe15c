// SPDX-License-Identifier: MIT
#include "gradus/data/picture_folder.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "gradus/formats/file.hpp"
#include "gradus/formats/png.hpp"
#include "unit/formats/temporary_folder.hpp"
#include "unit/formats/thrown.hpp"

namespace gradus {
namespace {

namespace fs = std::filesystem;

class PictureFolder : public ::testing::Test {
 protected:
  [[nodiscard]] const fs::path& path() const { return folder_.path(); }

  /// A picture whose pixels all have one brightness, but for a dark stroke from top to bottom.
  void put(const std::string& name, std::uint8_t brightness, std::uint32_t height = 4,
           std::uint32_t width = 3) const {
    std::vector<std::uint8_t> pixels(std::size_t{height} * width, brightness);
    for (std::uint32_t y = 1; y + 1 < height; ++y) {
      pixels[y * width + width / 2] = 0;
    }
    fs::create_directories((path() / name).parent_path());
    write_file(path() / name, encode_png(pixels, height, width));
  }

  [[nodiscard]] Dataset read() const { return read_picture_folder(path()); }

  /// What is wrong, without the folder's name.
  [[nodiscard]] std::string read_error() const {
    const std::string message = data_error([&] { return read(); });
    return message.substr(std::min(message.size(), path().string().size()));
  }

 private:
  TemporaryFolder folder_;
};

TEST_F(PictureFolder, KeepsASixthForTestingAndNamesTheClasses) {
  for (int i = 0; i < 6; ++i) {
    put("dog/" + std::to_string(i) + ".png", static_cast<std::uint8_t>(100 + i));
    put("cat/" + std::to_string(i) + ".PNG", static_cast<std::uint8_t>(200 + i));
  }
  EXPECT_TRUE(has_picture_folders(path()));
  const Dataset dataset = read();
  EXPECT_EQ(dataset.name, path().string());
  EXPECT_EQ(dataset.class_names, (std::vector<std::string>{"cat", "dog"}));
  EXPECT_EQ(dataset.num_classes, 2U);
  EXPECT_EQ(dataset.train.num_samples(), 10U);
  EXPECT_EQ(dataset.test.num_samples(), 2U);
  EXPECT_TRUE(dataset.picture_facts.is_split);
  for (const Samples* half : {&dataset.train, &dataset.test}) {
    for (std::size_t i = 0; i < half->num_samples(); ++i) {
      EXPECT_EQ(half->bytes[i * 12] >= 200, half->labels[i] == 0);
    }
  }
}

TEST_F(PictureFolder, KeepsPicturesOfOneSizeAsTheyAre) {
  put("train/a/1.png", 100);
  put("train/b/1.png", 101);
  put("test/a/1.png", 102);
  const Dataset dataset = read();
  EXPECT_EQ(dataset.pictures, PicturePreparation::as_is);
  EXPECT_EQ(dataset.sample_shape, (Shape{4, 3}));
  EXPECT_EQ(dataset.test.bytes,
            (std::vector<std::uint8_t>{102, 102, 102, 102, 0, 102, 102, 0, 102, 102, 102, 102}));
  EXPECT_FALSE(dataset.picture_facts.is_split);
  EXPECT_FALSE(dataset.picture_facts.have_sizes);
}

TEST_F(PictureFolder, MakesPicturesOfSeveralSizesReady) {
  put("train/a/1.png", 200, 40, 30);
  put("train/b/1.png", 200, 40, 31);
  put("test/a/1.png", 200, 90, 50);
  const Dataset dataset = read();
  EXPECT_EQ(dataset.pictures, PicturePreparation::mnist_style);
  EXPECT_EQ(dataset.sample_shape, (Shape{28, 28}));
  EXPECT_TRUE(dataset.picture_facts.have_sizes);
  EXPECT_EQ(dataset.test.bytes[14 * 28 + 14], 255);
  EXPECT_EQ(dataset.test.bytes[0], 0);
}

TEST_F(PictureFolder, MakesLargePicturesReadyThoughTheyHaveOneSize) {
  for (const char* name : {"train/a/1.png", "train/b/1.png", "test/a/1.png"}) {
    put(name, 200, 257, 100);
  }
  EXPECT_EQ(read().sample_shape, (Shape{28, 28}));
  EXPECT_FALSE(read().picture_facts.have_sizes);
}

TEST_F(PictureFolder, SortsNumbersByTheirSizeAndTakesPlainOnesForClasses) {
  for (int i = 0; i <= 10; ++i) {
    put("train/" + std::to_string(i) + "/x.png", static_cast<std::uint8_t>(100 + i));
    put("test/" + std::to_string(i) + "/x.png", static_cast<std::uint8_t>(100 + i));
  }
  Dataset dataset = read();
  EXPECT_TRUE(dataset.class_names.empty());
  EXPECT_EQ(dataset.train.labels[10], 10U);
  EXPECT_EQ(dataset.train.bytes[10 * 12], 110);
  fs::remove_all(path() / "train/0");
  fs::remove_all(path() / "test/0");
  dataset = read();
  EXPECT_EQ(dataset.class_names.front(), "1");
  EXPECT_EQ(dataset.class_names.back(), "10");
}

TEST_F(PictureFolder, TakesValidationForTheTestWhenThereIsNone) {
  for (const char* half : {"train", "valid"}) {
    put(std::string(half) + "/a/1.png", 100);
    put(std::string(half) + "/b/1.png", 101);
  }
  EXPECT_EQ(read().picture_facts.tested_by, "valid");
  EXPECT_EQ(read().test.num_samples(), 2U);
  put("test/b/1.png", 99);
  const Dataset dataset = read();
  EXPECT_EQ(dataset.picture_facts.tested_by, "");
  EXPECT_EQ(dataset.picture_facts.left_out, "valid");
  EXPECT_EQ(dataset.test.num_samples(), 1U);
  EXPECT_EQ(dataset.test.labels.front(), 1U);
}

TEST_F(PictureFolder, TakesAFolderTrainOfPicturesForAClass) {
  for (int i = 0; i < 6; ++i) {
    put("train/" + std::to_string(i) + ".png", 100);
    put("plane/" + std::to_string(i) + ".png", 101);
  }
  EXPECT_EQ(read().class_names, (std::vector<std::string>{"plane", "train"}));
}

TEST_F(PictureFolder, DoesNotCountWhatSystemsLeave) {
  put("train/a/1.png", 100);
  put("train/b/1.png", 101);
  put("test/a/1.png", 102);
  for (const char* name : {"train/.DS_Store", "train/a/Thumbs.db", "train/b/desktop.ini",
                           "README.txt", "__MACOSX/train/a", "train/.hidden/x"}) {
    fs::create_directories((path() / name).parent_path());
    write_text_file(path() / name, "x");
  }
  EXPECT_EQ(read().train.num_samples(), 2U);
}

TEST_F(PictureFolder, NamesAFileThatIsNoPicture) {
  put("train/a/1.png", 100);
  put("train/b/1.png", 101);
  put("test/a/1.png", 102);
  write_text_file(path() / "train/b/notes.txt", "x");
  EXPECT_EQ(read_error(),
            "/train/b/notes.txt: is not a PNG or JPEG picture, as all files in a class's folder "
            "have to be");
}

TEST_F(PictureFolder, RefusesWhatLiesInTheWrongPlace) {
  put("a/1.png", 100);
  put("b/1.png", 101);
  put("loose.png", 1);
  EXPECT_EQ(read_error(),
            "/loose.png: is beside the folders of the classes: put it into one of them");
  fs::remove(path() / "loose.png");
  put("b/more/1.png", 1);
  EXPECT_EQ(read_error(), "/b/more: is a folder, expected the pictures of class \"b\" here");
  fs::remove_all(path() / "b");
  EXPECT_EQ(read_error(),
            ": has 1 folder with pictures, expected one for each of at least two classes");
  fs::create_directory(path() / "c");
  EXPECT_EQ(read_error(), "/c: holds no pictures, expected those of a class");
  put("c/1.png", 1);
  EXPECT_EQ(read_error(),
            ": has 2 pictures of 2 classes: too few to keep one in 6 for testing; put pictures for "
            "it into folders train and test");
}

TEST_F(PictureFolder, RefusesAClassThatOnlyTheTestHas) {
  put("train/a/1.png", 100);
  put("train/b/1.png", 101);
  put("test/c/1.png", 102);
  EXPECT_EQ(read_error(), "/test/c: is a class that train beside it does not have");
}

TEST_F(PictureFolder, NamesAPictureWithoutInk) {
  put("train/a/1.png", 200, 40, 30);
  put("train/b/1.png", 200, 40, 31);
  put("test/a/1.png", 0, 50, 50);
  EXPECT_TRUE(read_error().starts_with("/test/a/1.png: has no ink: "));
}

}  // namespace
}  // namespace gradus
