// What each difference between the paper and the released code does: the numbers of
// papers/nautile-370m/DIALECTS.md. Those of the maximum length are in dialect_maxlen_test.cpp.
#include "reference/dialect.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/reference/agreement.hpp"
#include "tests/reference/dialect_layer.hpp"
#include "tests/reference/evaluation.hpp"

namespace sca::reference::test {
namespace {

void report(const char* what, double value) {
  testing::Test::RecordProperty(what, fmt::format("{:.3g}", value));
  fmt::print("{}: {:.3g}\n", what, value);
}

// Algorithm 1 as written: e^{-0.1 * 2047} is below float32's range, so Z = 0 and R^ = 0/0.
TEST(Dialect, AlgorithmOneLiterallyIsNaNInFloat) {
  const auto x = hashed_tokens<float>(13, 1, 32, 16);
  const auto nans = [&](const Tensor<float>& out) {
    return std::ranges::count_if(out.data, [](float value) { return std::isnan(value); });
  };
  EXPECT_EQ(nans(forward(sloped_layer<float>(Dialect::paper(), 2048), x).out), 32 * 16);
  EXPECT_EQ(nans(forward(sloped_layer<float>(Dialect::released(), 2048), x).out), 0);
  EXPECT_EQ(nans(forward_recursive(sloped_layer<float>(Dialect::paper(), 2048), x).out), 0);
}

TEST(Dialect, TheRecursiveFormIsWithinItsBoundInFloat) {
  const auto recursive = []<class Real>() {
    return forward_recursive(sloped_layer<Real>(Dialect::paper(), 2048), hashed_tokens<Real>(13, 1, 32, 16))
        .out;
  };
  const auto in_float = tensor_cast<double>(recursive.operator()<float>(),
                                            [](float value) { return static_cast<double>(value); });
  report("recursive form in float", relative_distance(recursive.operator()<double>(), in_float));
  const DigitsScope digits(50);
  const FloatingPointScope scope(binary32);
  EXPECT_LE(clearance({in_float, recursive.operator()<Bounded>()}), 1);
}

RC_GTEST_PROP(Dialect, TheLastReleasedNodeIsThreeWhateverTheParameters, ()) {
  Instance one = any_instance(Dialect::released());
  one.config.M = *rc::gen::inRange<std::size_t>(2, 6);
  const auto [last, three] = evaluate_in_double([&]<class Real>() {
    const auto theta = one.layer<Real>().grid.theta;
    Pair<Real> nodes;
    for (std::size_t i = one.config.M - 1; i < theta.data.size(); i += one.config.M) {
      nodes.first.data.push_back(theta.data[i]);
      nodes.second.data.push_back(Real(one.dialect.theta_floor) + Real(one.dialect.theta_span));
    }
    return nodes;
  });
  RC_ASSERT(clearance_of_the_same(last, three) <= 1);
  for (const double sum : three.computed.data) RC_ASSERT(sum == 3);
}

/// What a layer in the released dialect and one in the changed one compute of the same tokens.
template <class Real, class Change>
std::pair<LayerTrace<Real>, LayerTrace<Real>> with_and_without(Dialect dialect, Change change) {
  const auto x = hashed_tokens<Real>(14, 1, 32, 16);
  auto released = forward(sloped_layer<Real>(dialect, 64), x);
  change(dialect);
  return {std::move(released), forward(sloped_layer<Real>(dialect, 64), x)};
}

/// The outputs of `with_and_without`, whose distance is printed.
template <class Change>
std::pair<Evaluation, Evaluation> outputs(const char* what, Change change,
                                          const Dialect& dialect = Dialect::released()) {
  auto both = evaluate_in_double([&]<class Real>() {
    const auto traces = with_and_without<Real>(dialect, change);
    return Pair<Real>{traces.first.out, traces.second.out};
  });
  report(what, relative_distance(both.first.computed, both.second.computed));
  return both;
}

TEST(Dialect, EachOtherChoiceMovesTheOutputBy) {
  const auto moves = [](const char* what, auto change) {
    const auto [released, changed] = outputs(what, change);
    EXPECT_TRUE(certainly_differ(released.exact, changed.exact)) << what;
  };
  moves("SiLU for sigmoid", [](Dialect& d) { d.readout = Dialect::Readout::silu; });
  moves("gate after the norm", [](Dialect& d) { d.gate = Dialect::Gate::after_norm; });
  moves("theta direct", [](Dialect& d) { d.theta = Dialect::Theta::direct; });
  moves("omega direct", [](Dialect& d) { d.omega = Dialect::Omega::direct; });
  moves("softplus without its switch", [](Dialect& d) { d.softplus_switch.reset(); });
  moves("no 1/sqrt(H)", [](Dialect& d) { d.readout_over_root_h = false; });
}

TEST(Dialect, TheClampMakesTheDenominatorsFloorIdle) {
  const auto [released, changed] =
      outputs("no denominator floor", [](Dialect& d) { d.denominator_floor.reset(); });
  EXPECT_LE(clearance_of_the_same(released, changed), 1);
  EXPECT_EQ(released.computed.data, changed.computed.data);
}

TEST(Dialect, SoftplusSwitchMovesNoWeightByMoreThanItsLastValue) {
  const DigitsScope digits(50);
  const auto [with, without] =
      with_and_without<Bounded>(Dialect::released(), [](Dialect& d) { d.softplus_switch.reset(); });
  const Bounded most = exp(-Bounded(*Dialect::released().softplus_switch));
  EXPECT_TRUE(certainly_differ(with.p_w, without.p_w));
  for (std::size_t i = 0; i < with.p_w.data.size(); ++i)
    EXPECT_TRUE(certainly_less(abs(with.p_w.data[i] - without.p_w.data[i]), most)) << i;
}

TEST(Dialect, TheNormRemovesTheRootOfTheHeadButForItsEpsilon) {
  Dialect dialect = Dialect::released();
  dialect.norm_epsilon = 0;
  const auto [with, without] = outputs(
      "no 1/sqrt(H), the norm without epsilon", [](Dialect& d) { d.readout_over_root_h = false; }, dialect);
  EXPECT_LE(clearance_of_the_same(with, without), 1);
}

}  // namespace
}  // namespace sca::reference::test
