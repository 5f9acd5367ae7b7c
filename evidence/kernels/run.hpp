#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "evidence/kernels/buffer.hpp"
#include "evidence/kernels/problem.hpp"

namespace sca::evidence::kernels {

/// How a kernel is called.
struct Call {
  Layout layout = {};
  std::int32_t threads = 1;
  bool with_state = true;
  /// Lengths of the pieces that the sequence is given in, one call each, with the state carried over; empty:
  /// in one. They add up to L. Only with a state.
  std::vector<std::size_t> pieces = {};
  /// Every token by `step`.
  bool stepwise = false;
};

/// What a kernel made.
struct Forward {
  int status = 0;  // of the call that refused; 0
  reference::Tensor<double> output, weight, re, im;
  std::int64_t position = 0;
  bool is_intact = true;  // no byte outside of the outputs was written, none behind a page fence was read
};
struct Backward {
  int status = 0;
  reference::Tensor<double> key, score, query, theta, omega, rate, score_scale, score_bias, phase_scale;
  bool is_intact = true;
};

/// From here on a call of a kernel that takes longer ends this process by SIGALRM, for a worker. It is the
/// kernel's own time: the reference may take longer.
void limit_kernel_calls(std::chrono::seconds limit);

/// domain   the kernel's dtype is the problem's, and it has the function that is called
Forward run_forward(const sca_core_kernel& kernel, const Problem& problem, const Call& call);
Backward run_backward(const sca_core_kernel& kernel, const Problem& problem, const Call& call);

}  // namespace sca::evidence::kernels
