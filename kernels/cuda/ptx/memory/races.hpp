#pragma once

#include "kernels/cuda/ptx/memory/region.hpp"
#include "kernels/cuda/ptx/run/thread.hpp"

namespace sca::kernels::cuda::ptx {

enum class Access {
  read,
  constant_read,  // ld.global.nc: of bytes that nobody writes while the kernel runs
  write,
  atomic,       // reads and writes; does not race with its kind
  strong_read,  // relaxed, acquiring, releasing: as atomics
  strong_write
};

constexpr bool is_strong(Access access) {
  return access == Access::atomic || access == Access::strong_read || access == Access::strong_write;
}
/// Does it look at what is there?
constexpr bool reads(Access access) { return access != Access::write && access != Access::strong_write; }
constexpr bool writes(Access access) {
  return access == Access::write || access == Access::atomic || access == Access::strong_write;
}

/// Is the access ordered with all that conflict with it? What it sees becomes known.
/// errors   Fault that names both threads
void check_races(Thread& thread, Region& region, std::size_t offset, std::size_t bytes, Access access);

}  // namespace sca::kernels::cuda::ptx
