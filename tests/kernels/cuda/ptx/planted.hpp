#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/kernels/cuda/ptx/evaluate.hpp"

namespace sca::kernels::cuda::ptx::testing {

/// One launch of kernel() with arrays of 32-bit words.
struct Trial {
  std::string text;
  unsigned threads = 64, blocks = 1;
  std::size_t shared_bytes = 0;
  std::vector<std::vector<std::uint32_t>> in = {};  // %p1, %p2, ...: written by the host
  std::size_t out_words = 64;                       // %p0: not written
};

/// What is in %p0 afterwards.
/// errors   Fault
std::vector<std::uint32_t> run(const Trial& trial, const Options& options = {});

/// The same under each schedule, with and without preemption, with several seeds; all results are the same.
std::vector<std::uint32_t> run_in_every_order(const Trial& trial);

/// The Fault's message under the schedule; empty if there is none.
std::string fault_of(const Trial& trial, const Options& options = {});

}  // namespace sca::kernels::cuda::ptx::testing
