// What each difference between the paper and the released code does: the numbers of
// papers/nautile-370m/DIALECTS.md.
#include "reference/dialect.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "reference/sca_block.hpp"
#include "tests/reference/golden.hpp"
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

/// How far b is from a: ||a - b|| / ||a||, and max |a - b| / max |a|.
struct Apart {
  double euclidean;
  double largest;
};

Apart apart(const Tensor<double>& a, const Tensor<double>& b) {
  double difference = 0;
  double size = 0;
  for (std::size_t i = 0; i < a.data.size(); ++i) {
    difference = std::max(difference, std::abs(a.data[i] - b.data[i]));
    size = std::max(size, std::abs(a.data[i]));
  }
  return {relative_distance(a, b), difference / size};
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

/// The outputs of steps from token L0 on, after a forward pass over the tokens before; x has one sequence.
template <class Real>
Tensor<Real> prefilled(const Layer<Real>& layer, const Tensor<Real>& x, std::size_t L0) {
  const std::size_t D = x.shape[2];
  Tensor<Real> start{{1, L0, D}, {}};
  for (std::size_t t = 0; t < L0; ++t) std::ranges::copy(x.row(t, D), std::back_inserter(start.data));
  auto state = final_state(layer.config, forward(layer, start));
  Tensor<Real> out{{1, x.shape[1] - L0, D}, {}};
  for (std::size_t t = L0; t < x.shape[1]; ++t)
    std::ranges::copy(step(layer, slice(x, t), state).data, std::back_inserter(out.data));
  return out;
}

/// The tokens from L0 on; x has one sequence.
Tensor<double> from(std::size_t L0, const Tensor<double>& x) {
  const auto first = x.data.begin() + static_cast<std::ptrdiff_t>(L0 * x.shape[2]);
  return {{1, x.shape[1] - L0, x.shape[2]}, {first, x.data.end()}};
}

void report(const char* what, double value) {
  testing::Test::RecordProperty(what, fmt::format("{:.3g}", value));
  fmt::print("{}: {:.3g}\n", what, value);
}

struct Slopes {
  double slowest;
  double fastest;
};
constexpr Slopes initial{0.001, 0.1};  // as the released code starts
constexpr Slopes fast{0.05, 0.4};
constexpr Slopes five_tokens{0.2, 0.2};  // 1 / lambda = 5 in every head

/// Smallest and largest Euclidean distance f(seed) over 16 layers; prints those of either norm.
template <class F>
std::pair<double, double> range(const char* what, F f) {
  Apart least{INFINITY, INFINITY};
  Apart most{0, 0};
  for (std::uint64_t seed = 0; seed < 16; ++seed) {
    const Apart value = f(seed);
    least = {std::min(least.euclidean, value.euclidean), std::min(least.largest, value.largest)};
    most = {std::max(most.euclidean, value.euclidean), std::max(most.largest, value.largest)};
  }
  fmt::print("{}: {:.3g} to {:.3g} (largest entry {:.3g} to {:.3g}) over 16 layers\n", what, least.euclidean,
             most.euclidean, least.largest, most.largest);
  return {least.euclidean, most.euclidean};
}

// Without a maximum length the released forward counts from L, its step from 2048: the clamp's floor makes it
// matter, and after a prefill the change of origin in mid-sequence does.
TEST(Dialect, ReleasedStepAndForwardDifferWithoutMaxlen) {
  const auto measure = [](const char* what, std::optional<std::size_t> maxlen, const Dialect& dialect,
                          Slopes slopes) {
    return range(what, [&](std::uint64_t seed) {
      const auto x = hashed_tokens<double>(100 + seed, 1, 64, 16);
      const auto layer = initial_layer<double>(dialect, maxlen, slopes.slowest, slopes.fastest, seed);
      return apart(forward(layer, x).out, stepped(layer, x));
    });
  };
  const auto none = measure("step against forward, no maxlen", std::nullopt, Dialect::released(), initial);
  EXPECT_GT(none.first, 0.05);
  const auto steep =
      measure("step against forward, no maxlen, slopes 0.2", std::nullopt, Dialect::released(), five_tokens);
  EXPECT_GT(steep.first, 0.2);
  const auto prefill = [](const char* what, std::optional<std::size_t> maxlen) {
    return range(what, [&](std::uint64_t seed) {
      const auto x = hashed_tokens<double>(100 + seed, 1, 32, 16);
      const auto layer =
          initial_layer<double>(Dialect::released(), maxlen, initial.slowest, initial.fastest, seed);
      return apart(from(16, forward(layer, x).out), prefilled(layer, x, 16));
    });
  };
  EXPECT_GT(prefill("16 steps after a prefill of 16, no maxlen", std::nullopt).first, 0.1);
  EXPECT_LT(prefill("16 steps after a prefill of 16, maxlen 64", 64).second, 1e-13);
  const auto given = measure("step against forward, maxlen 64", 64, Dialect::released(), initial);
  EXPECT_LT(given.second, 1e-13);
  const auto paper =
      measure("step against forward, no maxlen, paper", std::nullopt, Dialect::paper(), initial);
  EXPECT_LT(paper.second, 1e-13);
}

/// The forward of a golden layer or block whose maximum length is `maxlen`.
Tensor<double> forward_with(const Golden& g, std::size_t maxlen) {
  LayerConfig c = g.dump.layer;
  c.maxlen = maxlen;
  const auto x = g.tensor("x");
  if (g.is_block()) {
    return forward(read_sca_block<double>(c, Dialect::released(), g.source()), x).out;
  }
  return forward(make_layer(c, Dialect::released(), read_layer_parameters<double>(c, g.source())), x).out;
}

// The same in the authors' own numbers. That their step is the forward of a layer with maxlen 2048 leaves the
// origin as the only cause.
TEST(Dialect, TheGoldenStepWithoutMaxlenIsAForwardTowards2048) {
  std::size_t without = 0;
  for (const Golden& g : golden_layers()) {
    if (!g.dump.has("step_out")) continue;
    const auto out = g.tensor("out");
    const auto step_out = g.tensor("step_out");
    const double rounding = g.dump.tensors.at("step_out").dtype == "<f4" ? 0x1p-24 : 1e-13;
    const auto maxlen = g.dump.layer.maxlen;
    const Apart found = apart(out, step_out);
    if (!maxlen) {
      ++without;
      fmt::print("{}: {:.3g} (largest entry {:.3g})\n", g.name, found.euclidean, found.largest);
      EXPECT_LT(relative_distance(step_out, forward_with(g, 2048)), rounding) << g.name;
    }
    if (maxlen.value_or(1) >= g.dump.L) {  // one token is its own average, whatever its weight
      EXPECT_LT(found.euclidean, rounding) << g.name;
    } else if (!maxlen) {
      EXPECT_GT(found.euclidean, 0.005) << g.name;
      EXPECT_LT(found.euclidean, 0.3) << g.name;
    }
  }
  EXPECT_GE(without, 3u);
}

TEST(Dialect, TheGoldenStepIgnoresTheMask) {
  const Golden g = read_golden("tblock_mask");
  const Apart found = apart(g.tensor("out"), g.tensor("step_out"));
  fmt::print("{}: {:.3g} (largest entry {:.3g})\n", g.name, found.euclidean, found.largest);
  EXPECT_GT(found.euclidean, 0.1);
}

// With the clamp the output depends on the maximum length that the layer was built with; without, only on
// rounding.
TEST(Dialect, TheClampMakesMaxlenMatter) {
  const auto measure = [](const char* what, const Dialect& dialect, Slopes slopes) {
    return range(what, [&](std::uint64_t seed) {
      const auto x = hashed_tokens<double>(200 + seed, 1, 64, 16);
      const auto out = [&](std::size_t maxlen) {
        return forward(initial_layer<double>(dialect, maxlen, slopes.slowest, slopes.fastest, seed), x).out;
      };
      return apart(out(64), out(128));
    });
  };
  measure("maxlen 64 against 128, clamp, initial slopes", Dialect::released(), initial);
  const auto with = measure("maxlen 64 against 128, clamp, slopes to 0.4", Dialect::released(), fast);
  EXPECT_GT(with.first, 0.05);
  const auto steep = measure("maxlen 64 against 128, clamp, slopes 0.2", Dialect::released(), five_tokens);
  EXPECT_GT(steep.first, 0.2);
  for (const Slopes slopes : {initial, fast, five_tokens}) {
    EXPECT_LT(measure("maxlen 64 against 128, no clamp", without_clamp(), slopes).second, 1e-13);
  }
  Apart most{0, 0};
  for (const Golden& g : golden_layers()) {
    if (g.dump.L > 64) continue;
    const Apart found = apart(forward_with(g, 64), forward_with(g, 128));
    most = {std::max(most.euclidean, found.euclidean), std::max(most.largest, found.largest)};
  }
  fmt::print("maxlen 64 against 128, golden parameters: up to {:.3g} (largest entry {:.3g})\n",
             most.euclidean, most.largest);
  EXPECT_GT(most.euclidean, 0.1);
  EXPECT_LT(most.euclidean, 0.5);
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
