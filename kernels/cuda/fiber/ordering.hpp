#pragma once

#include <bit>
#include <memory>

#include "kernels/cuda/fiber/sanitizers.hpp"

namespace sca::kernels::cuda::fiber {

/// Tells ThreadSanitizer which accesses CUDA orders: a launch and its end, barriers, __syncwarp; not
/// shuffles, votes, or one block and another. A place in memory stands for each; the parity of a barrier's
/// number selects one of two, or a thread that reaches the next barrier early would seem ordered before one
/// that has not left the last.
class Ordering {
 public:
  /// What the host has done so far comes before what threads do that begin from now on.
  void publish() { sanitizers::release(&published_); }
  void end_launch() { sanitizers::acquire(&done_); }
  void begin_block() {
    if constexpr (sanitizers::thread) {
      if (tags_ == nullptr) tags_ = std::make_unique<char[]>(blocks * of_a_block);
      for (Masks& masks : warps_) masks = {};
      block_ = tags_.get() + number_++ % blocks * of_a_block;
    }
  }

  void begin_thread() { sanitizers::acquire(&published_); }
  void end_thread() { sanitizers::release(&done_); }
  void fence_grid() { fence(&fenced_); }
  void fence_block() { fence(block_tag(1, 0)); }
  void reach_barrier(unsigned number) { sanitizers::release(block_tag(0, number)); }
  void leave_barrier(unsigned number) { sanitizers::acquire(block_tag(0, number)); }
  /// To be given to leave_warp_barrier().
  char* reach_warp_barrier(unsigned warp, unsigned mask) {
    char* tag = sanitizers::thread ? warp_tag(warp, mask) : nullptr;
    sanitizers::release(tag);
    return tag;
  }
  void leave_warp_barrier(char* tag) { sanitizers::acquire(tag); }

 private:
  /// Fences are ordered by what is read between them; here, by who comes first: nothing right is reported.
  static void fence(char* tag) {
    sanitizers::acquire(tag);
    sanitizers::release(tag);
  }
  char* block_tag(unsigned which, unsigned number) {
    return sanitizers::thread ? block_ + 8 * (2 * which + (number & 1U)) : nullptr;
  }
  /// Lanes of one mask come by equally often, those of different ones do not: each mask has its own numbers.
  char* warp_tag(unsigned warp, unsigned mask) {
    Masks& masks = warps_[warp];
    unsigned i = 0;
    while (i < most_masks - 1 && masks.mask[i] != mask && masks.mask[i] != 0) ++i;
    masks.mask[i] = mask;
    const bool is_last = i == most_masks - 1;  // of several masks, whose numbers would not agree
    const unsigned number = is_last ? 0 : masks.arrivals[i]++ / static_cast<unsigned>(std::popcount(mask));
    return block_tag(2 + warp * most_masks + i, number);
  }

  static constexpr unsigned most_masks = 8;  // of a warp; what more there are share tags, and seem ordered
  struct Masks {
    unsigned mask[most_masks];
    unsigned arrivals[most_masks];
  };

  static constexpr std::size_t of_a_block = 8192;  // 2 + 32 * 8 pairs of 8 bytes
  static constexpr std::size_t blocks = 512;  // then from the beginning: two so far apart may seem ordered

  char published_ = 0;
  char done_ = 0;
  char fenced_ = 0;
  std::unique_ptr<char[]> tags_;
  char* block_ = nullptr;
  Masks warps_[32]{};
  std::size_t number_ = 0;
};

}  // namespace sca::kernels::cuda::fiber
