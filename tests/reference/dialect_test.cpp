// What each difference between the paper and the released code does: the numbers of
// papers/nautile-370m/DIALECTS.md.
#include "reference/dialect.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "tests/reference/random_layer.hpp"

namespace sca::reference::test {
namespace {

/// ||a - b|| / ||a||, Euclidean.
double relative_distance(const Tensor<double>& a, const Tensor<double>& b) {
  double difference = 0;
  double size = 0;
  for (std::size_t i = 0; i < a.data.size(); ++i) {
    difference += square(a.data[i] - b.data[i]);
    size += square(a.data[i]);
  }
  return std::sqrt(difference / size);
}

/// A layer of 8 heads whose slopes are the released code's initial ones: lambda from 0.001 to 0.1, geometric.
template <class Real>
Layer<Real> initial_layer(const Dialect& dialect, std::optional<std::size_t> maxlen, double slowest = 0.001,
                          double fastest = 0.1, std::uint64_t seed = 5) {
  const LayerConfig c{
      .D = 16, .K = 8, .Kq = 8, .M = 2, .H = 2, .ck = 4, .anchors = 0, .out_expand = 3, .maxlen = maxlen};
  auto parameters = read_layer_parameters<Real>(c, hashed_source<Real>(seed));
  for (std::size_t k = 0; k < c.K; ++k) {
    const double rate =
        slowest * std::pow(fastest / slowest, static_cast<double>(k) / static_cast<double>(c.K - 1));
    parameters.decay_slopes.data[k] = Real(std::log(std::expm1(rate)));
  }
  return make_layer(c, dialect, std::move(parameters));
}

Dialect without_clamp() {
  Dialect dialect = Dialect::released();
  dialect.weight_clamp.reset();
  dialect.denominator_floor.reset();
  return dialect;
}

template <class Real>
Tensor<Real> stepped(const Layer<Real>& layer, const Tensor<Real>& x) {
  auto state = initial_state<Real>(layer.config, 1);
  auto out = Tensor<Real>::zeros(x.shape);
  for (std::size_t t = 0; t < x.shape[1]; ++t) {
    std::ranges::copy(step(layer, slice(x, t), state).data, out.row(t, x.shape[2]).begin());
  }
  return out;
}

void report(const char* what, double value) {
  testing::Test::RecordProperty(what, fmt::format("{:.3g}", value));
  fmt::print("{}: {:.3g}\n", what, value);
}

/// Smallest and largest of f(seed) over 16 layers.
template <class F>
std::pair<double, double> range(const char* what, F f) {
  std::pair<double, double> found{INFINITY, 0};
  for (std::uint64_t seed = 0; seed < 16; ++seed) {
    const double value = f(seed);
    found = {std::min(found.first, value), std::max(found.second, value)};
  }
  fmt::print("{}: {:.3g} to {:.3g} over 16 layers\n", what, found.first, found.second);
  return found;
}

// Without a maximum length the released forward counts from L, its step from 2048: the clamp's floor makes it
// matter.
TEST(Dialect, ReleasedStepAndForwardDifferWithoutMaxlen) {
  const auto apart = [](std::uint64_t seed, std::optional<std::size_t> maxlen, const Dialect& dialect) {
    const auto x = hashed_tokens<double>(100 + seed, 1, 64, 16);
    const auto layer = initial_layer<double>(dialect, maxlen, 0.001, 0.1, seed);
    return relative_distance(forward(layer, x).out, stepped(layer, x));
  };
  const auto none = range("step against forward, no maxlen",
                          [&](std::uint64_t seed) { return apart(seed, std::nullopt, Dialect::released()); });
  EXPECT_GT(none.first, 0.05);
  const auto given = range("step against forward, maxlen 64",
                           [&](std::uint64_t seed) { return apart(seed, 64, Dialect::released()); });
  EXPECT_LT(given.second, 1e-13);
  const auto paper = range("step against forward, no maxlen, paper",
                           [&](std::uint64_t seed) { return apart(seed, std::nullopt, Dialect::paper()); });
  EXPECT_LT(paper.second, 1e-13);
}

// With the clamp the output depends on the maximum length that the layer was built with; without, only on
// rounding.
TEST(Dialect, TheClampMakesMaxlenMatter) {
  const auto apart = [](std::uint64_t seed, const Dialect& dialect, double slowest, double fastest) {
    const auto x = hashed_tokens<double>(200 + seed, 1, 64, 16);
    const auto out = [&](std::size_t maxlen) {
      return forward(initial_layer<double>(dialect, maxlen, slowest, fastest, seed), x).out;
    };
    return relative_distance(out(64), out(128));
  };
  range("maxlen 64 against 128, clamp, initial slopes",
        [&](std::uint64_t seed) { return apart(seed, Dialect::released(), 0.001, 0.1); });
  const auto with = range("maxlen 64 against 128, clamp, slopes to 0.4",
                          [&](std::uint64_t seed) { return apart(seed, Dialect::released(), 0.05, 0.4); });
  const auto without = range("maxlen 64 against 128, no clamp, slopes to 0.4",
                             [&](std::uint64_t seed) { return apart(seed, without_clamp(), 0.05, 0.4); });
  EXPECT_GT(with.first, 0.05);
  EXPECT_LT(without.second, 1e-13);
}

// Algorithm 1 as written: e^{-0.1 * 2047} is below float32's range, so Z = 0 and R^ = 0/0.
TEST(Dialect, AlgorithmOneLiterallyIsNaNInFloat) {
  const auto x = hashed_tokens<float>(13, 1, 32, 16);
  const auto nans = [&](const Tensor<float>& out) {
    return std::ranges::count_if(out.data, [](float value) { return std::isnan(value); });
  };
  EXPECT_EQ(nans(forward(initial_layer<float>(Dialect::paper(), 2048), x).out), 32 * 16);
  EXPECT_EQ(nans(forward(initial_layer<float>(Dialect::released(), 2048), x).out), 0);
  const auto recursive = forward_recursive(initial_layer<float>(Dialect::paper(), 2048), x).out;
  EXPECT_EQ(nans(recursive), 0);
  const auto exact =
      forward(initial_layer<double>(Dialect::paper(), 2048), hashed_tokens<double>(13, 1, 32, 16)).out;
  const auto wide = tensor_cast<double>(recursive, [](float value) { return static_cast<double>(value); });
  EXPECT_LT(relative_distance(exact, wide), 1e-5);
}

RC_GTEST_PROP(Dialect, TheLastReleasedNodeIsThreeWhateverTheParameters, ()) {
  Instance one = any_instance(Dialect::released());
  one.config.M = *rc::gen::inRange<std::size_t>(2, 6);
  const auto theta = one.layer<double>().grid.theta;
  for (std::size_t i = one.config.M - 1; i < theta.data.size(); i += one.config.M) {
    RC_ASSERT(std::abs(theta.data[i] - 3) <= 0x1p-51);  // an ulp of 3
  }
}

TEST(Dialect, EachOtherChoiceMovesTheOutputBy) {
  const auto x = hashed_tokens<double>(14, 1, 32, 16);
  const auto out = [&](auto change) {
    Dialect dialect = Dialect::released();
    change(dialect);
    return forward(initial_layer<double>(dialect, 64), x).out;
  };
  const auto released = out([](Dialect&) {});
  const auto apart = [&](const char* what, auto change) {
    const double distance = relative_distance(released, out(change));
    report(what, distance);
    return distance;
  };
  EXPECT_GT(apart("SiLU for sigmoid", [](Dialect& d) { d.readout = Dialect::Readout::silu; }), 0.1);
  EXPECT_GT(apart("gate after the norm", [](Dialect& d) { d.gate = Dialect::Gate::after_norm; }), 0.01);
  EXPECT_GT(apart("theta direct", [](Dialect& d) { d.theta = Dialect::Theta::direct; }), 0.01);
  EXPECT_GT(apart("omega direct", [](Dialect& d) { d.omega = Dialect::Omega::direct; }), 0.01);
  EXPECT_LT(apart("softplus without its switch", [](Dialect& d) { d.softplus_switch.reset(); }), 1e-8);
  EXPECT_EQ(apart("no denominator floor", [](Dialect& d) { d.denominator_floor.reset(); }), 0);
  EXPECT_LT(apart("no 1/sqrt(H)", [](Dialect& d) { d.readout_over_root_h = false; }), 1e-3);
}

}  // namespace
}  // namespace sca::reference::test
