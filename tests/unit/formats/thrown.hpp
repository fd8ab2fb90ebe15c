// SPDX-License-Identifier: MIT
#pragma once

#include <exception>
#include <string>

#include "gradus/core/error.hpp"

namespace gradus {

/// The message of the Expected that `action` throws; a sentence that equals no message otherwise.
template <class Expected, class Action>
std::string thrown(const Action& action) {
  try {
    action();
  } catch (const Expected& error) {
    return error.what();
  } catch (const std::exception& error) {
    return std::string("something else was thrown: ") + error.what();
  }
  return "nothing was thrown";
}

template <class Action>
std::string data_error(const Action& action) {
  return thrown<DataError>(action);
}

}  // namespace gradus
