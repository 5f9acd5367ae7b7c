#include "kernels/cuda/host/core.hpp"

#include <algorithm>

#include "kernels/cuda/core/arguments.hpp"
#include "kernels/cuda/core/backward.hpp"
#include "kernels/cuda/core/forward.hpp"
#include "kernels/cuda/host/copies.hpp"

namespace sca::kernels::cuda {
namespace {

std::size_t reals(std::int64_t count) { return static_cast<std::size_t>(count) * sizeof(float); }

/// The inputs of a call with pointers to the runner's memory.
sca_core_inputs uploaded(const sca_core_inputs& host, sca_dtype dtype, Copies& copies) {
  const sca_core_shape& s = host.shape;
  const std::size_t number = bytes_of(dtype);
  const auto per_head = [&](const void* one, const char* name) {
    return copies.input(one, reals(s.K), name);
  };
  const auto per_sample = [&](const void* one, const char* name) {
    return copies.input(one, reals(s.K * s.H * s.M), name);
  };
  const sca_core_parameters& p = host.parameters;
  return {s,
          host.rules,
          {per_sample(p.theta, "theta"), per_sample(p.omega, "omega"), per_head(p.rate, "rate"),
           per_head(p.score_scale, "score_scale"), per_head(p.score_bias, "score_bias"),
           per_head(p.phase_scale, "phase_scale")},
          copies.input(host.key, {s.B, s.L, s.K * s.H, number}, "key"),
          copies.input(host.score, {s.B, s.L, s.K, number}, "score"),
          copies.input(host.query, {s.B, s.L, s.Kq * s.H * s.M * 2, number}, "query")};
}

/// Over the tokens of a chunk, over chunks, and over the tokens of the last one.
std::int64_t prefix_depth(const sca_core_shape& shape) {
  return std::min(shape.L, 2 * chunk_tokens + chunks_of(shape.L));
}

/// Additions that a gradient's term passes through at most, on its way from a later token's state to a
/// parameter: back to its own token, over a channel's samples, over the channels of a head (a warp's lanes,
/// groups after that), over a chunk's tokens (a thread's, and, of a head's numbers, groups, passes and those
/// of the block's threads), over chunks and over sequences. A query's passes through those of its memory
/// heads.
std::int64_t backward_depth(const sca_core_shape& shape) {
  const Split split = Split::of(shape.H, shape.M);
  constexpr std::int64_t warps = core_threads / 32;
  constexpr std::int64_t over_lanes = 5;
  const std::int64_t over_channels = warps + over_lanes + split.groups + 1;
  const std::int64_t over_tokens =
      chunk_tokens + std::int64_t{split.groups} * split.passes + 1 + over_lanes + warps;
  return std::max(prefix_depth(shape) + shape.M + over_channels + over_tokens + chunks_of(shape.L) + shape.B,
                  shape.K / shape.Kq);
}

std::int64_t depth(sca_operation operation, const sca_core_shape* shape) {
  if (operation == SCA_BACKWARD) return backward_depth(*shape);
  return std::max(shape->M, prefix_depth(*shape));
}

}  // namespace

// Sums and products of floats alone. The elementary functions are the vector kernels' with fused products, to
// the bit, and declared alike.
const sca_arithmetic core_arithmetic{0x1p-24, 5.0, 1.6, 2.1, 0x1p-150, 0x1.fffffep127, depth};

int forward_on(Runner& runner, const sca_core_forward& call, sca_dtype dtype) {
  const sca_core_shape& s = call.in.shape;
  Copies copies(runner);
  sca_core_forward there = call;
  there.in = uploaded(call.in, dtype, copies);
  there.output = copies.result(call.output, {s.B, s.L, s.K * 2 * s.H, bytes_of(dtype)}, "output");
  sca_core_state state{};
  if (call.state != nullptr) {
    const std::int64_t heads = s.B * s.K;
    state = {call.state->position, copies.result(call.state->weight, reals(heads), "state's weight"),
             copies.result(call.state->re, reals(heads * s.H * s.M), "state's re"),
             copies.result(call.state->im, reals(heads * s.H * s.M), "state's im")};
    there.state = &state;
  }
  there.workspace = copies.workspace(forward_workspace(s));
  const int refused = forward(there, dtype, runner);
  if (refused != 0) return refused;
  copies.bring_back();
  if (call.state != nullptr) call.state->position = state.position;
  return 0;
}

int backward_on(Runner& runner, const sca_core_backward& call, sca_dtype dtype) {
  const sca_core_shape& s = call.in.shape;
  const std::size_t number = bytes_of(dtype);
  Copies copies(runner);
  const auto per_head = [&](void* one, const char* name) { return copies.result(one, reals(s.K), name); };
  const auto per_sample = [&](void* one, const char* name) {
    return copies.result(one, reals(s.K * s.H * s.M), name);
  };
  const sca_core_backward there{
      uploaded(call.in, dtype, copies),
      copies.input(call.output_gradient, {s.B, s.L, s.K * 2 * s.H, number}, "output's gradient"),
      copies.result(call.key, {s.B, s.L, s.K * s.H, number}, "key's gradient"),
      copies.result(call.score, {s.B, s.L, s.K, number}, "score's gradient"),
      copies.result(call.query, {s.B, s.L, s.Kq * s.H * s.M * 2, number}, "query's gradient"),
      per_sample(call.theta, "theta's gradient"),
      per_sample(call.omega, "omega's gradient"),
      per_head(call.rate, "rate's gradient"),
      per_head(call.score_scale, "score_scale's gradient"),
      per_head(call.score_bias, "score_bias's gradient"),
      per_head(call.phase_scale, "phase_scale's gradient"),
      copies.workspace(backward_workspace(s)),
      call.threads};
  const int refused = backward(there, dtype, runner);
  if (refused != 0) return refused;
  copies.bring_back();
  return 0;
}

}  // namespace sca::kernels::cuda
