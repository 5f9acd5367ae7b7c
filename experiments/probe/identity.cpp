#include "experiments/probe/identity.hpp"

#include <algorithm>

#include "evidence/kernels/result_judge.hpp"
#include "evidence/networks/arithmetic.hpp"
#include "reference/recursive_decay.hpp"

namespace sca::experiments::ablation {
namespace {

using reference::Bounded;
using reference::Tensor;

constexpr unsigned identity_digits = 34;

/// A layer's run over one sequence in float32: its state at the end, and what its core was given.
class FloatRun {
 public:
  FloatRun(const kernels::Network<float>& network, std::size_t i, const Tensor<double>& hidden)
      : block_(std::get<kernels::ScaBlock<float>>(network.blocks()[i])),
        L_(static_cast<std::int64_t>(hidden.shape[1])),
        x_(hidden.data.begin(), hidden.data.end()),
        out_(x_.size()),
        placed_([this](kernels::Arena& arena) { return place(arena); }) {
    const kernels::LayerSizes& s = block_.layer.sizes;
    const std::vector<float> before = x_;
    block_.layer.by.operators->norm({L_, s.D, network.rules().norm_epsilon, before.data(), block_.norm,
                                     x_.data(), block_.layer.by.threads});
    kernels::LayerState<float>& state = placed_->state;
    std::fill_n(state.den, s.K, 0.0F);
    std::fill_n(state.re, s.KHM(), 0.0F);
    std::fill_n(state.im, s.KHM(), 0.0F);
    std::fill_n(state.conv, (s.ck - 1) * s.C(), 0.0F);
    block_.layer.forward(1, L_, x_.data(), placed_->activations, &state, out_.data(), false);
  }

  const kernels::LayerSizes& sizes() const { return block_.layer.sizes; }
  const kernels::LayerParameters<const float>& parameters() const { return block_.layer.parameters; }
  const kernels::LayerActivations<float>& activations() const { return (*placed_).activations; }
  const kernels::LayerState<float>& state() const { return (*placed_).state; }

 private:
  struct Things {
    kernels::LayerActivations<float> activations;
    kernels::LayerState<float> state;
  };
  Things place(kernels::Arena& arena) const {
    return {block_.layer.place_activations(1, L_, arena), block_.layer.place_state(1, arena)};
  }

  const kernels::ScaBlock<float>& block_;
  std::int64_t L_;
  std::vector<float> x_, out_;
  kernels::Placed<std::function<Things(kernels::Arena&)>> placed_;
};

Tensor<double> as_stored(const float* data, reference::Shape shape) {
  const std::size_t count = reference::volume(shape);
  return {std::move(shape), {data, data + count}};
}

Tensor<Bounded> exactly(const float* data, reference::Shape shape) {
  return reference::tensor_cast<Bounded>(as_stored(data, std::move(shape)), Bounded::exact);
}

/// The sums over the tokens, of the very floats that the core was given.
reference::LayerTrace<Bounded> exact_sums(const FloatRun& run, const reference::LayerConfig& config,
                                          const reference::Dialect& dialect, std::size_t L) {
  const reference::Shape grid{config.K, config.H, config.M};
  const kernels::LayerActivations<float>& a = run.activations();
  reference::LayerParameters<Bounded> parameters;
  parameters.score_scale = exactly(run.parameters().score_scale, {config.K});
  parameters.score_bias = exactly(run.parameters().score_bias, {config.K});
  parameters.phase_scale = exactly(run.parameters().phase_scale, {config.K});
  const reference::Layer<Bounded> layer{config,
                                        dialect,
                                        std::move(parameters),
                                        {exactly(a.theta, grid), exactly(a.omega, grid)},
                                        exactly(a.rate, {config.K}).data};
  reference::LayerTrace<Bounded> trace;
  trace.z_act = exactly(a.z, {1, L, config.C()});
  if (dialect.step_decay == reference::Dialect::StepDecay::recursive) {
    core_recursive(layer, trace);
  } else {
    core(layer, trace);
  }
  return trace;
}

}  // namespace

evidence::kernels::Outcome state_identity(const kernels::Network<float>& network,
                                          const reference::LayerConfig& config,
                                          const reference::Dialect& dialect, std::size_t i,
                                          const Tensor<double>& hidden) {
  const std::size_t L = hidden.shape[1];
  const FloatRun run(network, i, hidden);
  const evidence::judge::Precision precision = evidence::networks::arithmetic_of(network.by());
  const reference::DigitsScope digits(identity_digits);
  const reference::FloatingPointScope scope(precision.format);
  const auto sums = exact_sums(run, config, dialect, L);
  const auto& reals = evidence::kernels::format_of(SCA_F32);
  evidence::kernels::ResultJudge judge(reals, reals, precision.format,
                                       reference::FloatingPointScope::open_comparisons());
  const reference::Shape samples{1, config.K, config.H, config.M};
  judge.real("Z", reference::slice(sums.den, L - 1), as_stored(run.state().den, {1, config.K}));
  judge.real("Re Z S", reference::slice(sums.re, L - 1), as_stored(run.state().re, samples));
  judge.real("Im Z S", reference::slice(sums.im, L - 1), as_stored(run.state().im, samples));
  return judge.outcome();
}

}  // namespace sca::experiments::ablation
