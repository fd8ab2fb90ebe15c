// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace gradus {

/// What was done to the images of a data set while they were read, for people to be told.
struct PictureFacts {
  bool were_transposed = false;  // they were stored with rows and columns swapped, as EMNIST's are
  bool are_pictures = false;     // read from a picture each, not from arrays
  bool have_sizes = false;       // and these were of several sizes
  bool is_split = false;         // a sixth of them was drawn for testing
  std::string tested_by = {};    // the folder whose pictures are the test, when it is not "test"
  std::string left_out = {};     // the folder that is not read, because there is a test without it
};

}  // namespace gradus
