// SPDX-License-Identifier: MIT
#include "gradus/runs/checkpoint_clock.hpp"

#include "gradus/math/finite.hpp"
#include "gradus/train/checkpoint.hpp"

namespace gradus {

template <Real T>
void CheckpointClock<T>::tick(std::uint64_t iteration, bool is_stopping) {
  constexpr std::chrono::seconds longest_wait{10};
  constexpr int shares = 100;  // 1 % of the time, and as much again for the thread that writes
  const auto waited = Clock::now() - last_;
  const bool is_due = (iteration % trainer_.epoch_length() == 0 && waited >= shares * cost_) ||
                      waited >= longest_wait;
  if (iteration == 0 || !(is_due || is_stopping) || !are_finite<T>(trainer_.parameters())) {
    return;
  }
  const auto start = Clock::now();
  folder_.curves().flush();
  writer_.submit(iteration, serialize_checkpoint(trainer_.checkpoint()));
  last_ = Clock::now();
  cost_ = last_ - start;
}

template class CheckpointClock<float>;
template class CheckpointClock<double>;

}  // namespace gradus
