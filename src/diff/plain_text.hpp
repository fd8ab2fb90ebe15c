// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gradus {

/// The text of an expression in the characters that expressions are written with, and where each of
/// them stood in what was typed. What people paste from texts becomes what it looks like:
///
///   − – ‐        -          x₀ x₁₀       x0 x10         ｘ＋１        x+1
///   · × ⋅ ∗      *          x² e⁻¹       x^(2) e^(-1)   𝑥 𝑦 𝑧 𝑒      x y z e
///   ÷ ∕          /          {x} [x]      (x) (x)        π            pi
///
/// and spaces of any kind become spaces. √ stays.
class PlainText {
 public:
  /// @param typed  must outlive the plain text
  explicit PlainText(std::string_view typed);

  [[nodiscard]] std::string_view typed() const { return typed_; }
  [[nodiscard]] std::string_view plain() const { return plain_; }

  /// What was typed for the plain bytes [begin, end).
  [[nodiscard]] std::string typed(std::size_t begin, std::size_t end) const;

  /// Throws ValueError: at which column of what was typed, and what is wrong there.
  /// @param offset  of a byte of the plain text, or its end
  [[noreturn]] void fail(std::size_t offset, const std::string& what) const;

 private:
  void add(std::string_view plain, std::size_t offset);

  std::string_view typed_;
  std::string plain_;
  std::vector<std::uint32_t> offsets_;  // in what was typed, of each plain byte and of the end
};

}  // namespace gradus
