#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "kernels/plugin.h"

namespace sca::kernels::simd {

/// Whether a call asks for none of the switches that the vector kernels leave to the plain ones.
inline bool are_known(const sca_core_rules& rules) {
  return rules.inner_product_phase == 0 && rules.plain_summary == 0 && rules.unnormalised == 0;
}

/// How threads share the B * K heads: equal numbers of groups of heads that stay together.
struct Sharing {
  /// threads at most `wanted`; 0: as many as the machine has
  Sharing(const sca_core_shape& shape, std::int64_t heads_of_a_group, std::int32_t wanted);

  std::int64_t group, groups;
  std::int32_t threads;
  std::int64_t heads;  // of one sequence that a thread has at a time, at most
};

/// One thread's part.
struct Share {
  std::int32_t thread;
  std::int64_t first, last;  // of all heads
  std::int64_t heads;        // of one sequence at a time, at most

  /// Its part of a workspace that holds `bytes` for each thread.
  void* memory(void* workspace, std::size_t bytes) const {
    return static_cast<std::byte*>(workspace) + static_cast<std::size_t>(thread) * bytes;
  }

  /// f(b, first head, last head)
  template <class F>
  void for_each_sequence(std::int64_t K, const F& f) const {
    for (std::int64_t i = first; i < last;) {
      const std::int64_t end = std::min(last, i - i % K + K);
      f(i / K, i % K, i % K + end - i);
      i = end;
    }
  }
};

/// work(context, share) in every thread.
void run(const Sharing& sharing, void (*work)(const void* context, const Share& share), const void* context);

}  // namespace sca::kernels::simd
