#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include "kernels/network/pages.hpp"

namespace sca::kernels {

/// Memory that is handed out piece by piece, and never taken back. Without memory it counts what is needed: a
/// plan is the same code run twice.
class Arena {
 public:
  Arena() = default;
  /// domain   64-byte aligned, as large as the plan said
  explicit Arena(std::byte* memory) : memory_(memory) {}

  /// `count` numbers from a 64-byte boundary on; null while counting.
  template <class T>
  T* take(std::int64_t count) {
    std::byte* at = memory_ == nullptr ? nullptr : memory_ + used_;
    used_ += (static_cast<std::size_t>(count) * sizeof(T) + line - 1) / line * line;
    return reinterpret_cast<T*>(at);
  }
  std::size_t bytes() const { return used_; }

 private:
  static constexpr std::size_t line = 64;
  std::byte* memory_ = nullptr;
  std::size_t used_ = 0;
};

/// As much memory as the plan says, placed in it. place(arena) is run twice, and returns what was placed.
template <class Place>
class Placed {
 public:
  using Things = decltype(std::declval<Place&>()(std::declval<Arena&>()));

  /// errors   std::bad_alloc
  explicit Placed(Place place) {
    Arena plan;
    place(plan);
    bytes_ = plan.bytes();
    memory_ = Pages(bytes_);
    Arena arena(memory_.data());
    things_ = place(arena);
  }

  Things& operator*() { return things_; }
  Things* operator->() { return &things_; }
  const Things& operator*() const { return things_; }
  std::size_t bytes() const { return bytes_; }

 private:
  Pages memory_;
  std::size_t bytes_ = 0;
  Things things_;
};

}  // namespace sca::kernels
