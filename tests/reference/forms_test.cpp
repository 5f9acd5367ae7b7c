// Parallel, recurrent and recursive form; causality, batches, saving: properties of the whole layer.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/reference/agreement.hpp"
#include "tests/reference/random_layer.hpp"
#include "tests/reference/sequence.hpp"

namespace sca::reference::test {
namespace {

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
