#pragma once

#include <array>
#include <memory>
#include <vector>

#include "kernels/cuda/ptx/bits.hpp"

namespace sca::kernels::cuda::ptx {

/// Lanes of one warp, at one time of their own clocks.
struct Lanes {
  U32 warp = 0, clock = 0, lanes = 0;
};

/// Which threads of one block touched a byte: those that no later one in the list is ordered after.
struct Touches {
  U32 block = 0;
  bool other_blocks = false;  // did one touch it before this block did?
  Lanes first;                // no lanes: nobody
  std::unique_ptr<std::vector<Lanes>> more;

  Touches() = default;
  Touches(Touches&&) = default;
  Touches& operator=(Touches&&) = default;
  ~Touches() = default;
  Touches(const Touches& other)
      : block(other.block),
        other_blocks(other.other_blocks),
        first(other.first),
        more(other.more == nullptr ? nullptr : std::make_unique<std::vector<Lanes>>(*other.more)) {}
  Touches& operator=(const Touches& other) { return *this = Touches(other); }

  bool none() const { return first.lanes == 0; }
  void clear() {
    first.lanes = 0;
    other_blocks = false;
    more.reset();
  }
};

/// What is known of a byte.
struct Cell {
  U32 write_block = 0, write_thread = 0;
  U32 write_clock = 0;  // 0: not written by a plain store since the era began
  Touches reads, atomics;
};

/// Four bytes. As long as all accesses were to all of them, they have one history.
struct Granule {
  static constexpr std::size_t size = 4;

  U64 era = 0;  // of an older launch (of shared memory: an older block): as if nobody had touched them
  Cell whole;
  std::unique_ptr<std::array<Cell, size>> bytes;  // each one's own, if they differ

  void begin_era(U64 now) {
    era = now;
    bytes.reset();
    whole.write_clock = 0;
    whole.reads.clear();
    whole.atomics.clear();
  }
  void split() {
    if (bytes != nullptr) return;
    bytes = std::make_unique<std::array<Cell, size>>();
    bytes->fill(whole);
  }
};

}  // namespace sca::kernels::cuda::ptx
