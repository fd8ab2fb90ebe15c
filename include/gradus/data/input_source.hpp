// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "gradus/core/real.hpp"
#include "gradus/data/dataset.hpp"
#include "gradus/data/input_scaling.hpp"
#include "gradus/loss/targets.hpp"
#include "gradus/math/input.hpp"
#include "gradus/math/sparse_rows.hpp"

namespace gradus {

/// The form in which the first layer gets its rows.
enum class InputForm { dense, sparse };

/// Sparse rows pay off below this share of non-zero features: they save arithmetic, but jump in
/// memory. (MNIST has 0.19.)
inline constexpr double sparse_density_limit = 0.4;

/// Share of features that are not zero. 1 for samples that are not bytes.
[[nodiscard]] double density(const Samples& samples);

/// The form that suits these samples: sparse for byte features below sparse_density_limit, but not
/// when they are standardized, for a 0 does not stay one.
[[nodiscard]] InputForm choose_input_form(const Samples& samples, bool is_standardized = false);

/// Serves rows of samples as a network wants them: their features scaled, and with them their
/// labels or the numbers to be learned of them, standardized.
///
/// Refers to the samples, which must outlive it. Not for two threads at once (it owns the batch it
/// returns).
template <Real T>
class InputSource {
 public:
  /// @param scaling  usually input_scale() or scaling_of()
  /// @throws ValueError  sparse form of samples that are not bytes, or are standardized
  /// @throws ShapeError  the samples are not N rows of D features, or what is standardized has
  ///                     another number of columns
  /// @param target_columns  how the numbers to be learned are standardized; none for classes
  InputSource(const Samples& samples, InputScaling scaling, InputForm form,
              Standardization target_columns = {});
  InputSource(const Samples&& temporary, InputScaling scaling, InputForm form,
              Standardization target_columns = {}) = delete;

  [[nodiscard]] const Samples& samples() const noexcept { return *samples_; }
  [[nodiscard]] const InputScaling& scaling() const noexcept { return scaling_; }

  /// The rows with these numbers, in this order. Valid until the next call.
  /// @throws ValueError  a number that is no sample
  [[nodiscard]] Input<T> rows(std::span<const std::uint32_t> indices);

  [[nodiscard]] const Standardization& target_columns() const noexcept { return target_columns_; }

  /// The right answers that go with them: labels, or standardized numbers. Valid until the next
  /// call.
  /// @throws ValueError  a number that is no sample
  [[nodiscard]] Targets<T> targets(std::span<const std::uint32_t> indices);

  /// The labels alone, of samples that have some. Valid until the next call.
  /// @throws ValueError  a number that is no sample
  [[nodiscard]] std::span<const Label> labels(std::span<const std::uint32_t> indices);

 private:
  void check(std::span<const std::uint32_t> indices) const;

  const Samples* samples_;
  InputScaling scaling_;
  Standardization target_columns_;
  ByteValues<T> byte_values_;
  std::unique_ptr<const SparseRows> sparse_rows_;  // null in dense form
  std::vector<std::uint32_t> index_batch_;
  std::vector<T> dense_batch_;
  std::vector<Label> label_batch_;
  std::vector<T> target_batch_;
};

}  // namespace gradus
