#pragma once

#include <cstdint>
#include <vector>

namespace sca::kernels::cuda::fiber {

enum class Order : unsigned char { forward, reverse, shuffled };

/// In which order threads of a block run between collectives, and blocks of a grid: any is one that a device
/// may choose, and a missing barrier gives the right values in some of them.
struct Schedule {
  Order threads = Order::forward;
  Order blocks = Order::forward;
  std::uint64_t seed = 0;
};

/// Of (seed, index): the standard's distributions differ between libraries.
class Shuffler {
 public:
  explicit Shuffler(std::uint64_t seed) : state_(seed) {}

  void shuffle(std::vector<unsigned>& all) {
    for (std::size_t left = all.size(); left > 1; --left) {
      const std::size_t chosen = next() % left;
      const unsigned last = all[left - 1];
      all[left - 1] = all[chosen];
      all[chosen] = last;
    }
  }

 private:
  std::uint64_t next() {
    std::uint64_t x = state_ += 0x9e3779b97f4a7c15U;
    x = (x ^ x >> 30U) * 0xbf58476d1ce4e5b9U;
    x = (x ^ x >> 27U) * 0x94d049bb133111ebU;
    return x ^ x >> 31U;
  }

  std::uint64_t state_;
};

/// The numbers below `count`, in that order.
inline std::vector<unsigned> in_order(Order order, unsigned count, Shuffler& shuffler) {
  std::vector<unsigned> all(count);
  for (unsigned i = 0; i < count; ++i) all[i] = order == Order::reverse ? count - 1 - i : i;
  if (order == Order::shuffled) shuffler.shuffle(all);
  return all;
}

}  // namespace sca::kernels::cuda::fiber
