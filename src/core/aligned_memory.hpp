// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>
#include <new>

namespace gradus {

/// Memory a kernel works in, kept from call to call: an iteration of training allocates nothing.
/// Starts on a cache line, so that a vector loaded from it never straddles two. (An alignas on a
/// thread_local in a lambda of a template does not do that: g++ 12 forgets it.)
template <class T>
class AlignedMemory {
 public:
  /// Room for `count` elements. What was in it is gone when it has to grow.
  [[nodiscard]] T* room_for(std::size_t count) {
    if (count > size_) {
      memory_.reset();
      size_ = 0;
      memory_.reset(static_cast<T*>(::operator new(count * sizeof(T), alignment)));
      size_ = count;
    }
    return memory_.get();
  }

  /// What room_for() gave last.
  [[nodiscard]] T* data() const noexcept { return memory_.get(); }

 private:
  static constexpr std::align_val_t alignment{64};
  struct Free {
    void operator()(T* memory) const { ::operator delete(memory, alignment); }
  };

  std::unique_ptr<T, Free> memory_;
  std::size_t size_ = 0;
};

}  // namespace gradus
