// SPDX-License-Identifier: MIT
#include "gradus/data/input_source.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "gradus/core/error.hpp"

namespace gradus {
namespace {

constexpr std::size_t rows_ahead = 4;

/// Copies rows picked by number, each by convert(row, copy).
template <class From, class T, class Convert>
void copy_rows(MatrixView<const From> all, std::span<const std::uint32_t> indices,
               MatrixView<T> copy, const Convert& convert) {
  constexpr std::size_t line = 64 / sizeof(From);
  // A row picked at random is in no cache: it is asked for some rows before its turn.
  const auto ask_for = [&](std::size_t b) {
    if (b < indices.size()) {
      const std::span<const From> row = all.row(indices[b]);
      for (std::size_t i = 0; i < row.size(); i += line) {
        __builtin_prefetch(row.data() + i);
      }
    }
  };
  for (std::size_t b = 0; b < rows_ahead; ++b) {
    ask_for(b);
  }
  for (std::size_t b = 0; b < indices.size(); ++b) {
    ask_for(b + rows_ahead);
    convert(all.row(indices[b]), copy.row(b));
  }
}

/// The same with each feature scaled.
template <class From, class T>
void scale_rows(MatrixView<const From> all, const InputScaling& scaling,
                std::span<const std::uint32_t> indices, MatrixView<T> copy) {
  if (scaling.is_standardized()) {
    copy_rows(all, indices, copy, [&](std::span<const From> from, std::span<T> to) {
      for (std::size_t i = 0; i < from.size(); ++i) {
        to[i] = static_cast<T>(scaling.columns.apply(static_cast<double>(from[i]), i));
      }
    });
    return;
  }
  copy_rows(all, indices, copy,
            [factor = scaling.factor](std::span<const From> from, std::span<T> to) {
              std::transform(from.begin(), from.end(), to.begin(), [factor](From feature) {
                return static_cast<T>(static_cast<double>(feature) * factor);
              });
            });
}

}  // namespace

double density(const Samples& samples) {
  if (samples.bytes.empty()) {
    return 1;
  }
  const auto num_zeros = std::count(samples.bytes.begin(), samples.bytes.end(), 0);
  return 1 - static_cast<double>(num_zeros) / static_cast<double>(samples.bytes.size());
}

InputForm choose_input_form(const Samples& samples, bool is_standardized) {
  const bool is_sparse = !is_standardized && samples.num_features <= SparseRows::max_num_cols &&
                         density(samples) < sparse_density_limit;
  return is_sparse ? InputForm::sparse : InputForm::dense;
}

template <Real T>
InputSource<T>::InputSource(const Samples& samples, InputScaling scaling, InputForm form,
                            Standardization target_columns)
    : samples_(&samples), scaling_(std::move(scaling)), target_columns_(std::move(target_columns)) {
  check_samples(samples);
  if (scaling_.is_standardized() && scaling_.columns.num_columns() != samples.num_features) {
    throw ShapeError(fmt::format("InputSource: got {} features, the scaling is of {}",
                                 samples.num_features, scaling_.columns.num_columns()));
  }
  if (target_columns_.num_columns() != samples.num_targets) {
    throw ShapeError(fmt::format("InputSource: got {} targets, {} are standardized",
                                 samples.num_targets, target_columns_.num_columns()));
  }
  for (std::size_t byte = 0; byte < byte_values_.size(); ++byte) {
    byte_values_[byte] = static_cast<T>(static_cast<double>(byte) * scaling_.factor);
  }
  if (form == InputForm::sparse) {
    if (samples.bytes.empty()) {
      throw ValueError("sparse rows need features that are bytes; these are numbers");
    }
    if (scaling_.is_standardized()) {
      throw ValueError("sparse rows cannot be standardized: a feature of 0 would not stay 0");
    }
    sparse_rows_ = std::make_unique<SparseRows>(MatrixView<const std::uint8_t>(
        samples.bytes.data(), samples.num_samples(), samples.num_features));
  }
}

template <Real T>
void InputSource<T>::check(std::span<const std::uint32_t> indices) const {
  for (const std::uint32_t index : indices) {
    if (index >= samples_->num_samples()) {
      throw ValueError(
          fmt::format("InputSource: got sample {}, there are {}", index, samples_->num_samples()));
    }
  }
}

template <Real T>
Input<T> InputSource<T>::rows(std::span<const std::uint32_t> indices) {
  check(indices);
  if (sparse_rows_) {
    index_batch_.assign(indices.begin(), indices.end());
    return SparseBatch<T>{sparse_rows_.get(), index_batch_, &byte_values_};
  }
  const std::size_t num_features = samples_->num_features;
  dense_batch_.resize(indices.size() * num_features);
  const MatrixView<T> batch(dense_batch_.data(), indices.size(), num_features);
  // Computed for each: the compiler makes vectors of that, and none of looking up byte_values_.
  if (samples_->bytes.empty()) {
    const MatrixView<const float> all(samples_->values.data(), samples_->num_samples(),
                                      num_features);
    scale_rows(all, scaling_, indices, batch);
  } else {
    const MatrixView<const std::uint8_t> all(samples_->bytes.data(), samples_->num_samples(),
                                             num_features);
    scale_rows(all, scaling_, indices, batch);
  }
  return MatrixView<const T>(batch);
}

template <Real T>
Targets<T> InputSource<T>::targets(std::span<const std::uint32_t> indices) {
  const std::size_t count = samples_->num_targets;
  if (count == 0) {
    return labels(indices);
  }
  check(indices);
  target_batch_.resize(indices.size() * count);
  const MatrixView<T> batch(target_batch_.data(), indices.size(), count);
  for (std::size_t b = 0; b < indices.size(); ++b) {
    for (std::size_t k = 0; k < count; ++k) {
      const double target = samples_->targets[indices[b] * count + k];
      batch(b, k) = static_cast<T>(target_columns_.apply(target, k));
    }
  }
  return MatrixView<const T>(batch);
}

template <Real T>
std::span<const Label> InputSource<T>::labels(std::span<const std::uint32_t> indices) {
  check(indices);
  label_batch_.resize(indices.size());
  std::transform(indices.begin(), indices.end(), label_batch_.begin(),
                 [this](std::uint32_t index) { return samples_->labels[index]; });
  return label_batch_;
}

template class InputSource<float>;
template class InputSource<double>;

}  // namespace gradus
