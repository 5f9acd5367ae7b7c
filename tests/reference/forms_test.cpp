// Parallel, recurrent and recursive form; causality, batches, saving: properties of the whole layer.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/reference/agreement.hpp"
#include "tests/reference/random_layer.hpp"

namespace sca::reference::test {
namespace {

/// Steps over tokens `from` … of x, rows [B, L - from, D].
template <class Real>
Tensor<Real> steps(const Layer<Real>& layer, const Tensor<Real>& x, LayerState<Real>& state,
                   std::size_t from = 0) {
  const std::size_t B = x.shape[0];
  const std::size_t L = x.shape[1] - from;
  const std::size_t D = x.shape[2];
  auto out = Tensor<Real>::zeros({B, L, D});
  for (std::size_t t = 0; t < L; ++t) {
    const Tensor<Real> row = step(layer, slice(x, from + t), state);
    for (std::size_t b = 0; b < B; ++b) std::ranges::copy(row.row(b, D), out.row(b * L + t, D).begin());
  }
  return out;
}

/// Tokens from … to - 1 of every row.
template <class Real>
Tensor<Real> window(const Tensor<Real>& x, std::size_t from, std::size_t to) {
  const std::size_t width = x.shape[2];
  Tensor<Real> result{{x.shape[0], to - from, width}, {}};
  for (std::size_t b = 0; b < x.shape[0]; ++b) {
    const auto part = x.row(b, x.shape[1] * width).subspan(from * width, (to - from) * width);
    result.data.insert(result.data.end(), part.begin(), part.end());
  }
  return result;
}

RC_GTEST_PROP(Forms, StepIsParallelWhereBothCountFromMaxlen, ()) {
  const Instance one = any_instance(Dialect::released());
  assert_agree([&]<class Real>() {
    const auto layer = one.layer<Real>();
    auto state = initial_state<Real>(one.config, one.B);
    return Pair<Real>{forward(layer, one.x<Real>()).out, steps(layer, one.x<Real>(), state)};
  });
}

RC_GTEST_PROP(Forms, RecursiveStepIsParallelWhateverMaxlen, ()) {
  Instance one = any_instance(Dialect::paper());
  if (*rc::gen::arbitrary<bool>()) one.config.maxlen.reset();
  assert_agree([&]<class Real>() {
    const auto layer = one.layer<Real>();
    auto state = initial_state<Real>(one.config, one.B);
    return Pair<Real>{forward(layer, one.x<Real>()).out, steps(layer, one.x<Real>(), state)};
  });
}

RC_GTEST_PROP(Forms, RecursiveFormIsParallel, ()) {
  const Instance one = any_instance(Dialect::paper(), 0);
  assert_agree([&]<class Real>() {
    return Pair<Real>{forward(one.layer<Real>(), one.x<Real>()).out,
                      forward_recursive(one.layer<Real>(), one.x<Real>()).out};
  });
}

RC_GTEST_PROP(Forms, ALaterTokenChangesNoEarlierOutput, ()) {
  const Instance one = any_instance(*rc::gen::arbitrary<bool>() ? Dialect::released() : Dialect::paper());
  const std::size_t t = *rc::gen::inRange<std::size_t>(0, one.L);
  assert_identical([&]<class Real>() {
    const auto layer = one.layer<Real>();
    const auto x = one.x<Real>();
    auto changed = x;
    for (std::size_t i = 0; i < one.B * one.L; ++i) {
      for (Real& value : changed.row(i, one.config.D)) {
        if (i % one.L > t) value += Real(1);
      }
    }
    return Pair<Real>{window(forward(layer, x).out, 0, t + 1), window(forward(layer, changed).out, 0, t + 1)};
  });
}

RC_GTEST_PROP(Forms, APrefixAloneGivesTheSameOutputs, ()) {
  const Instance one = any_instance(Dialect::released());
  const std::size_t t = *rc::gen::inRange<std::size_t>(0, one.L + 1);
  assert_identical([&]<class Real>() {
    const auto layer = one.layer<Real>();
    const auto x = one.x<Real>();
    return Pair<Real>{window(forward(layer, x).out, 0, t), forward(layer, window(x, 0, t)).out};
  });
}

RC_GTEST_PROP(Forms, ASavedStateResumes, ()) {
  const Instance one = any_instance(*rc::gen::arbitrary<bool>() ? Dialect::released() : Dialect::paper());
  const std::size_t t = *rc::gen::inRange<std::size_t>(0, one.L + 1);
  assert_identical([&]<class Real>() {
    const auto layer = one.layer<Real>();
    auto state = initial_state<Real>(one.config, one.B);
    steps(layer, window(one.x<Real>(), 0, t), state);
    auto saved = state;
    const auto on = steps(layer, one.x<Real>(), state, t);
    return Pair<Real>{on, steps(layer, one.x<Real>(), saved, t)};
  });
}

RC_GTEST_PROP(Forms, APrefillResumes, ()) {
  const Instance one = any_instance(*rc::gen::arbitrary<bool>() ? Dialect::released() : Dialect::paper());
  const std::size_t t = *rc::gen::inRange<std::size_t>(0, one.L + 1);
  assert_agree([&]<class Real>() {
    const auto layer = one.layer<Real>();
    const bool recursive = one.dialect.step_decay == Dialect::StepDecay::recursive;
    const auto prefix = window(one.x<Real>(), 0, t);
    auto state =
        final_state(one.config, recursive ? forward_recursive(layer, prefix) : forward(layer, prefix));
    return Pair<Real>{steps(layer, one.x<Real>(), state, t),
                      window(forward(layer, one.x<Real>()).out, t, one.L)};
  });
}

RC_GTEST_PROP(Forms, RowsOfABatchDoNotMeet, ()) {
  const Instance one = any_instance(Dialect::released(), 0);
  assert_identical([&]<class Real>() {
    const auto layer = one.layer<Real>();
    const auto x = one.x<Real>();
    Tensor<Real> alone{x.shape, {}};
    for (std::size_t b = 0; b < one.B; ++b) {
      const auto row = x.row(b, one.L * one.config.D);
      const auto out = forward(layer, Tensor<Real>{{1, one.L, one.config.D}, {row.begin(), row.end()}}).out;
      alone.data.insert(alone.data.end(), out.data.begin(), out.data.end());
    }
    return Pair<Real>{forward(layer, x).out, alone};
  });
}

RC_GTEST_PROP(Forms, NoTokensLeaveTheInitialState, ()) {
  Instance one = any_instance(Dialect::released(), 0);
  one.L = 0;
  const auto trace = forward(one.layer<double>(), one.x<double>());
  RC_ASSERT(trace.out.data.empty());
  const auto state = final_state(one.config, trace);
  RC_ASSERT(state.pos == initial_state<double>(one.config, one.B).pos);
  RC_ASSERT(state.conv.data == initial_state<double>(one.config, one.B).conv.data);
}

RC_GTEST_PROP(Forms, LeadingZeroTapsAreAShorterConvolution, ()) {
  Instance one = any_instance(Dialect::released());
  one.config.ck = 1;
  assert_identical([&]<class Real>() {
    const auto layer = one.layer<Real>();
    LayerConfig longer = one.config;
    longer.ck = 3;
    auto parameters = layer.parameters;
    parameters.conv_weight = Tensor<Real>::zeros({longer.C(), 1, 3});
    for (std::size_t c = 0; c < longer.C(); ++c)
      parameters.conv_weight.data[3 * c + 2] = layer.parameters.conv_weight.data[c];
    const auto padded = make_layer(longer, one.dialect, parameters);
    return Pair<Real>{forward(layer, one.x<Real>()).out, forward(padded, one.x<Real>()).out};
  });
}

}  // namespace
}  // namespace sca::reference::test
