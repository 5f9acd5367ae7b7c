#pragma once

#include <cstdint>
#include <optional>

#include "bench/block.hpp"
#include "bench/operation.hpp"

namespace sca::bench {

/// One call's tensors as a caller would hold them: ordinary numbers from our own hash, the released layer's
/// parameters and rules, and room for the results. Gradients and states only where the operation has them.
class Problem {
 public:
  /// domain   Kq divides K; L = 1 for a step
  Problem(Operation operation, const sca_core_shape& shape, sca_dtype dtype, std::uint64_t seed);

  /// Forward or step. A step's state goes on from call to call.
  sca_core_forward forward(void* workspace, std::int32_t threads);
  sca_core_backward backward(void* workspace, std::int32_t threads);

  /// About what it takes in memory: its tensors, and a gradient of each.
  static double bytes(Operation operation, const sca_core_shape& shape, sca_dtype dtype);

 private:
  struct Parameters {
    Block theta, omega, rate, score_scale, score_bias, phase_scale;
  };
  struct Gradients {
    TokenBlock output, key, score, query;
    Parameters parameters;
  };
  struct State {
    Block weight, re, im;
    sca_core_state view;
  };

  TokenBlock tokens(std::int64_t width) const;
  TokenBlock random(std::int64_t width, std::uint64_t stream) const;
  State empty_state() const;
  Gradients gradients() const;

  sca_core_shape shape_;
  sca_dtype dtype_;
  std::uint64_t seed_;
  sca_core_rules rules_;
  Parameters parameters_;
  TokenBlock key_, score_, query_, output_;
  std::optional<Gradients> gradients_;
  std::optional<State> state_;

  sca_core_inputs inputs() const;
};

}  // namespace sca::bench
