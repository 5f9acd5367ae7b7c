#include "bench/problem.hpp"

#include "bench/counts.hpp"
#include "bench/fill.hpp"
#include "evidence/kernels/problem.hpp"

namespace sca::bench {
namespace {

/// One token of the same layer: its parameters and rules.
evidence::kernels::Problem one_token(const sca_core_shape& shape, sca_dtype dtype, std::uint64_t seed) {
  const auto size = [](std::int64_t n) { return static_cast<std::size_t>(n); };
  evidence::CoreCase one;
  one.config = {.K = size(shape.K), .Kq = size(shape.Kq), .M = size(shape.M), .H = size(shape.H)};
  one.L = 1;
  one.dialect = "released";
  one.seed = seed;
  return evidence::kernels::make_problem(one, dtype);
}

/// A step counts towards the released layer's own length, a sequence towards its end.
std::int64_t horizon(Operation operation, const sca_core_shape& shape) {
  return operation == Operation::step ? reference::Dialect::released().step_origin : shape.L;
}

}  // namespace

Problem::Problem(Operation operation, const sca_core_shape& shape, sca_dtype dtype, std::uint64_t seed)
    : shape_(shape),
      dtype_(dtype),
      seed_(seed),
      key_(random(shape.K * shape.H, 1)),
      score_(random(shape.K, 2)),
      query_(random(2 * shape.Kq * shape.H * shape.M, 3)),
      output_(tokens(2 * shape.K * shape.H)) {
  const evidence::kernels::Problem one = one_token(shape, dtype, seed);
  rules_ = one.rules;
  rules_.horizon = horizon(operation, shape);
  const auto stored = [&](const reference::Tensor<double>& tensor) { return reals(tensor.data, dtype); };
  parameters_ = {stored(one.theta),       stored(one.omega),      stored(one.rate),
                 stored(one.score_scale), stored(one.score_bias), stored(one.phase_scale)};
  if (operation == Operation::step) state_ = empty_state();
  if (operation == Operation::backward || operation == Operation::training) gradients_ = gradients();
}

TokenBlock Problem::tokens(std::int64_t width) const { return {shape_, width, element_bytes(dtype_)}; }

TokenBlock Problem::random(std::int64_t width, std::uint64_t stream) const {
  TokenBlock block = tokens(width);
  fill_random(block.memory, dtype_, seed_, stream);
  return block;
}

Problem::State Problem::empty_state() const {
  const std::int64_t heads = shape_.B * shape_.K;
  const auto zeros = [&](std::int64_t count) { return zero_reals(count, dtype_); };
  State state{zeros(heads), zeros(heads * shape_.H * shape_.M), zeros(heads * shape_.H * shape_.M), {}};
  state.view = {0, state.weight.data(), state.re.data(), state.im.data()};
  return state;
}

Problem::Gradients Problem::gradients() const {
  const auto zeros = [&](std::int64_t count) { return zero_reals(count, dtype_); };
  const std::int64_t KHM = shape_.K * shape_.H * shape_.M;
  return {random(output_.width, 4),
          tokens(key_.width),
          tokens(score_.width),
          tokens(query_.width),
          {zeros(KHM), zeros(KHM), zeros(shape_.K), zeros(shape_.K), zeros(shape_.K), zeros(shape_.K)}};
}

sca_core_inputs Problem::inputs() const {
  const Parameters& p = parameters_;
  return {shape_,
          rules_,
          {p.theta.data(), p.omega.data(), p.rate.data(), p.score_scale.data(), p.score_bias.data(),
           p.phase_scale.data()},
          key_.input(),
          score_.input(),
          query_.input()};
}

sca_core_forward Problem::forward(void* workspace, std::int32_t threads) {
  return {inputs(), output_.view(), state_ ? &state_->view : nullptr, workspace, threads};
}

sca_core_backward Problem::backward(void* workspace, std::int32_t threads) {
  const Gradients& g = *gradients_;
  const Parameters& p = g.parameters;
  return {inputs(),
          g.output.input(),
          g.key.view(),
          g.score.view(),
          g.query.view(),
          p.theta.data(),
          p.omega.data(),
          p.rate.data(),
          p.score_scale.data(),
          p.score_bias.data(),
          p.phase_scale.data(),
          workspace,
          threads};
}

double Problem::bytes(Operation operation, const sca_core_shape& shape, sca_dtype dtype) {
  const bool has_gradients = operation == Operation::backward || operation == Operation::training;
  const Operation held = operation == Operation::step ? Operation::step : Operation::forward;
  return (has_gradients ? 2 : 1) * work(per_call(held, shape), dtype).bytes;
}

}  // namespace sca::bench
