// Ranks of the readout's matrix, and what generic coefficients it leaves unfitted: min(M, t), and a cliff at
// t.

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "experiments/capacity/certified_rank.hpp"
#include "experiments/capacity/draws.hpp"
#include "experiments/capacity/enclosed.hpp"
#include "experiments/capacity/study.hpp"
#include "experiments/random.hpp"
#include "theory/capacity.hpp"
#include "theory/channel_state.hpp"

namespace sca::experiments::capacity {
namespace {

using reference::ComplexMatrix;

constexpr std::size_t t = 12;
constexpr std::size_t dimension = 3;  // of vector tokens
constexpr double widest_node = 8;     // of vector nodes: phases of several turns

/// What the M points offer for t tokens: a column each, or two where the readout's real part is taken.
struct Features {
  const char* study;
  const char* words;
  std::size_t columns_per_point;
  std::size_t most_points;
  ComplexMatrix (*matrix)(std::size_t points, std::uint64_t seed);
};

ComplexMatrix as_matrix(std::size_t columns, const std::vector<Interval>& entries) {
  ComplexMatrix matrix(t, columns);
  for (std::size_t i = 0; i < entries.size(); ++i) matrix.entries[i].re = entries[i];
  return matrix;
}

std::vector<Interval> tokens(std::uint64_t seed) {
  return exact(uniform(-1, 1, t * dimension, derived(seed, 1)));
}

std::vector<Interval> nodes(std::size_t points, std::uint64_t seed) {
  return exact(uniform(-widest_node, widest_node, points * dimension, derived(seed, 2)));
}

ComplexMatrix complex_features(std::size_t points, std::uint64_t seed) {
  ComplexMatrix matrix(t, points);
  matrix.entries = phase_matrix<Interval>(tokens(seed), nodes(points, seed), dimension);
  return matrix;
}

ComplexMatrix real_features(std::size_t points, std::uint64_t seed) {
  return as_matrix(2 * points, real_phase_matrix<Interval>(tokens(seed), nodes(points, seed), dimension));
}

/// k cos(theta_m u) and -k sin(theta_m u) with u = softsign(k): Steps 3 to 5 of one channel.
ComplexMatrix channel_features(std::size_t points, std::uint64_t seed) {
  const std::vector<Interval> scalars = exact(uniform(silu_floor, largest_scalar, t, derived(seed, 1)));
  const std::vector<Interval> theta = exact(uniform(0, released_node, points, derived(seed, 2)));
  std::vector<Interval> phases;
  for (const Interval& k : scalars) phases.push_back(softsign(k));
  std::vector<Interval> entries = real_phase_matrix<Interval>(phases, theta, 1);
  for (std::size_t i = 0; i < entries.size(); ++i) entries[i] *= scalars[i / (2 * points)];
  return as_matrix(2 * points, entries);
}

constexpr Features all_features[] = {
    {"cliff/complex", "min(M, t)", 1, t + 4, complex_features},
    {"cliff/real", "min(2M, t)", 2, t / 2 + 2, real_features},
    {"cliff/channel", "min(2M, t), whatever the number of heads", 2, t / 2 + 2, channel_features}};

std::vector<Complex<Interval>> image(const ComplexMatrix& a, const std::vector<Complex<Interval>>& v) {
  std::vector<Complex<Interval>> result(a.rows);
  for (std::size_t i = 0; i < a.rows; ++i) {
    for (std::size_t j = 0; j < a.columns; ++j) result[i] += a(i, j) * v[j];
  }
  return result;
}

Interval norm_squared(const std::vector<Complex<Interval>>& v) {
  Interval sum(0);
  for (const auto& z : v) sum += norm(z);
  return sum;
}

/// Isotropic coefficients on the tokens, complex or real.
std::vector<Complex<Interval>> coefficients(bool is_real, std::uint64_t seed) {
  const std::vector<double> parts = normal(2 * t, seed);
  std::vector<Complex<Interval>> alpha;
  for (std::size_t k = 0; k < t; ++k)
    alpha.push_back({Interval(parts[2 * k]), Interval(is_real ? 0 : parts[2 * k + 1])});
  return alpha;
}

/// |alpha - A u| / |alpha| at the least-squares u, or at the shortest u where A has more columns than rows.
std::optional<Interval> residual(const ComplexMatrix& a, const std::vector<Complex<Interval>>& alpha) {
  const ComplexMatrix adjoint = reference::adjoint(a);
  const bool is_tall = a.columns < a.rows;
  const auto inverse =
      reference::inverse(is_tall ? reference::product(adjoint, a) : reference::product(a, adjoint));
  if (!inverse) return std::nullopt;
  const auto u = is_tall ? image(*inverse, image(adjoint, alpha)) : image(adjoint, image(*inverse, alpha));
  std::vector<Complex<Interval>> rest = image(a, u);
  for (std::size_t k = 0; k < alpha.size(); ++k) rest[k] = alpha[k] - rest[k];
  return Interval(sqrt(Interval(norm_squared(rest) / norm_squared(alpha))));
}

/// Of the squared residual: a Beta variable, whatever the tokens and nodes.
MeanLaw residual_law(std::size_t rank, bool is_real) {
  const double mean = residual_fraction<double>(rank, t);
  const auto half_dimensions = static_cast<double>(is_real ? t : 2 * t) / 2;
  return {.of = MeanLaw::Of::squares,
          .mean = mean,
          .deviation = std::sqrt(mean * (1 - mean) / (half_dimensions + 1))};
}

Series rank_series(const Features& features, const SeriesKey& key, const Settings& settings) {
  Series series{.key = key,
                .words = {"points M", fmt::format("rank of the readout's matrix, t = {}", t), "exact",
                          fmt::format("{} for almost all nodes", features.words), "companion.md, section 7"},
                .sizes = {},
                .remark = {}};
  for (std::size_t points = 1; points <= features.most_points; ++points) {
    EnclosedSamples samples;
    for (std::size_t i = 0; i < settings.instances; ++i) {
      samples.add(decided([&]() -> std::optional<Sample> {
        const auto rank = certified_full_rank(features.matrix(points, derived(settings.seed, points, i)));
        if (!rank) return std::nullopt;
        return Sample{.value = Enclosure(static_cast<double>(*rank))};
      }));
    }
    Size size = std::move(samples).size(static_cast<double>(points));
    size.exact = static_cast<double>(joint_rank(features.columns_per_point * points, t));
    series.sizes.push_back(std::move(size));
  }
  return series;
}

Series residual_series(const Features& features, const SeriesKey& key, const Settings& settings) {
  const bool is_real = features.columns_per_point == 2;
  Series series{
      .key = key,
      .words = {"points M", fmt::format("relative residual of isotropic coefficients, t = {}", t), "law",
                is_real ? "rms sqrt(1 - 2M/t), 0 from 2M = t on" : "rms sqrt(1 - M/t), 0 from M = t on",
                "companion.md, section 7; Beta law of a projected isotropic vector"},
      .sizes = {},
      .remark = {}};
  for (std::size_t points = 1; points <= features.most_points; ++points) {
    const std::size_t rank = joint_rank(features.columns_per_point * points, t);
    EnclosedSamples samples;
    for (std::size_t i = 0; i < settings.instances; ++i) {
      samples.add(decided([&]() -> std::optional<Sample> {
        const std::uint64_t seed = derived(settings.seed, points, i);
        const auto rest = residual(features.matrix(points, seed), coefficients(is_real, derived(seed, 3)));
        if (!rest) return std::nullopt;
        const Enclosure value(*rest);
        const bool is_done =
            rank < t ? is_tight(value) : value.high <= std::numeric_limits<double>::epsilon();
        return is_done ? std::optional(Sample{.value = value}) : std::nullopt;
      }));
    }
    Size size = std::move(samples).size(static_cast<double>(points));
    if (rank < t) {
      size.law = residual_law(rank, is_real);
    } else {
      size.exact = 0;
    }
    series.sizes.push_back(std::move(size));
  }
  return series;
}

}  // namespace

std::vector<Unit> cliff_units(const Settings& settings) {
  std::vector<Unit> units;
  for (const Features& features : all_features) {
    const SeriesKey rank{features.study, "rank"};
    const SeriesKey residual{features.study, "residual"};
    units.push_back({rank, [=, &features] { return rank_series(features, rank, settings); }});
    units.push_back({residual, [=, &features] { return residual_series(features, residual, settings); }});
  }
  return units;
}

}  // namespace sca::experiments::capacity
