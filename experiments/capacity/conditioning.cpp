// What nearness of tokens costs: the inverse of a square equispaced matrix against Gautschi's product, and
// the singular values of an oversampled one against Beurling and Selberg.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/capacity/draws.hpp"
#include "experiments/capacity/enclosed.hpp"
#include "experiments/capacity/study.hpp"
#include "experiments/random.hpp"
#include "reference/linear_algebra.hpp"
#include "theory/capacity.hpp"

namespace sca::experiments::capacity {
namespace {

using reference::ComplexMatrix;

/// A_km = e^{i m h_k}, m < M: spacing s = 1, tokens within a turn.
ComplexMatrix equispaced_matrix(const std::vector<Interval>& tokens, std::size_t points) {
  std::vector<Interval> theta;
  for (std::size_t m = 0; m < points; ++m) theta.emplace_back(static_cast<long>(m));
  ComplexMatrix a(tokens.size(), points);
  a.entries = phase_matrix<Interval>(tokens, theta, 1);
  return a;
}

constexpr std::size_t gautschi_tokens = 6;
constexpr int steps = 8;  // delta from 10^-1/2 down to 10^-4, where double has lost all its digits

/// How the tokens lie: all within O(delta), or two of them delta apart and the others far.
enum class Crowd { cluster, pair };

std::vector<double> crowd(Crowd kind, double delta, std::uint64_t seed) {
  const std::vector<double> stretch = uniform(1, 2, gautschi_tokens, seed);
  std::vector<double> tokens{0};
  for (std::size_t k = 1; k < gautschi_tokens; ++k) {
    const bool is_near = k == 1 || kind == Crowd::cluster;
    tokens.push_back(tokens.back() + (is_near ? delta : 0.25) * stretch[k]);
  }
  return tokens;
}

/// log10 of the last size's value over that of the one before, per decade of delta, of the first instance.
std::string digits_a_decade(const Series& series) {
  const Size& from = series.sizes[series.sizes.size() - 2];
  const Size& to = series.sizes.back();
  if (from.samples.empty() || to.samples.empty()) return {};
  const double growth = to.samples.front().value.middle() / from.samples.front().value.middle();
  return fmt::format("{:.3f} digits lost a decade of delta", std::log10(growth) / std::log10(from.x / to.x));
}

Series gautschi_series(Crowd kind, const SeriesKey& key, const Settings& settings) {
  Series series{.key = key,
                .words = {"separation s delta [rad]",
                          fmt::format("||A^-1||_1 of {} tokens at as many nodes", gautschi_tokens), "bound",
                          "max_k prod 1/|z_k - z_l| <= ||A^-1||_1 <= 2^(t-1) max_k prod 1/|z_k - z_l|",
                          "Gautschi 1962; companion.md, section 7"},
                .sizes = {},
                .remark = {}};
  for (int step = 1; step <= steps; ++step) {
    const double delta = std::pow(10.0, -0.5 * step);
    EnclosedSamples samples;
    for (std::size_t i = 0; i < settings.instances; ++i) {
      samples.add(decided([&]() -> std::optional<Sample> {
        // The same stretches at every delta: the sizes differ by delta alone.
        const std::vector<Interval> tokens = exact(crowd(kind, delta, derived(settings.seed, i)));
        const auto size = reference::inverse_norm(equispaced_matrix(tokens, tokens.size()));
        if (!size || !is_tight(Enclosure(*size))) return std::nullopt;
        const auto z = phase_matrix<Interval>(tokens, std::vector<Interval>{Interval(1)}, 1);
        return Sample{.value = Enclosure(*size),
                      .lower = Enclosure(gautschi_product<Interval>(z)),
                      .upper = Enclosure(gautschi_upper<Interval>(z))};
      }));
    }
    series.sizes.push_back(std::move(samples).size(delta));
  }
  series.remark = digits_a_decade(series);
  return series;
}

constexpr std::size_t sieve_tokens = 8;
constexpr std::size_t most_points = 256;
constexpr std::size_t most_circles = 16;  // eigenvalues are the study's dearest part

/// Tokens on the circle with wrapped gaps of at least Delta, or equispaced, where the bounds are attained.
struct Circle {
  const char* series;
  bool is_equispaced;
  std::size_t inverse_separation;  // 1/Delta
};

constexpr Circle circles[] = {{"random tokens", false, 32}, {"equispaced tokens", true, sieve_tokens}};

/// In turns: sums of Delta and exponentials, stretched to one turn, so that Delta is the smallest gap at
/// least; or k/t.
std::vector<Interval> turns(const Circle& circle, std::uint64_t seed) {
  std::vector<Interval> result;
  if (circle.is_equispaced) {
    for (std::size_t k = 0; k < sieve_tokens; ++k)
      result.push_back(Interval(static_cast<long>(k)) / Interval(static_cast<long>(sieve_tokens)));
    return result;
  }
  const double delta = 1 / static_cast<double>(circle.inverse_separation);
  std::vector<double> gaps = uniform(0, 1, sieve_tokens, seed);
  double sum = 0;
  for (double& gap : gaps) sum += gap = -std::log(gap);
  double at = 0;
  for (const double gap : gaps) {
    result.emplace_back(at);
    at += delta + (1 - static_cast<double>(sieve_tokens) * delta) * gap / sum;
  }
  return result;
}

/// The smallest gap, around the circle too.
Interval wrapped_separation(const std::vector<Interval>& turns) {
  Interval least = turns.front() + Interval(1) - turns.back();
  for (std::size_t k = 1; k < turns.size(); ++k) least = smaller(least, Interval(turns[k] - turns[k - 1]));
  return least;
}

std::optional<Sample> sieve_sample(const Circle& circle, bool is_largest, std::size_t points,
                                   std::uint64_t seed) {
  const std::vector<Interval> at = turns(circle, seed);
  std::vector<Interval> tokens;
  for (const Interval& x : at) tokens.push_back(Interval(2) * pi<Interval>() * x);
  const ComplexMatrix a = equispaced_matrix(tokens, points);
  const auto squared = reference::hermitian_eigenvalues(reference::product(a, reference::adjoint(a)));
  if (!squared) return std::nullopt;
  const Interval count(static_cast<long>(points));
  const auto bounds = beurling_selberg(points, wrapped_separation(at));
  Sample sample{.value = Enclosure(Interval((is_largest ? squared->back() : squared->front()) / count))};
  if (!is_tight(sample.value)) return std::nullopt;
  (is_largest ? sample.upper : sample.lower) =
      Enclosure(Interval((is_largest ? bounds.high : bounds.low) / count));
  return sample;
}

Series sieve_series(const Circle& circle, bool is_largest, const SeriesKey& key, const Settings& settings) {
  Series series{
      .key = key,
      .words = {"points M",
                fmt::format("{} sigma^2 / M, {} tokens, 1/Delta = {}", is_largest ? "largest" : "smallest",
                            sieve_tokens, circle.inverse_separation),
                "bound",
                is_largest ? "sigma^2 <= M - 1 + 1/Delta"
                           : "sigma^2 >= M + 1 - 1/Delta, above 0 from M = 1/Delta on",
                "Beurling and Selberg; companion.md, section 7"},
      .sizes = {},
      .remark = {}};
  for (std::size_t M = circle.is_equispaced ? 2 * sieve_tokens : sieve_tokens; M <= most_points; M *= 2) {
    // Equispaced tokens attain the upper bound one above a multiple of 1/Delta, the lower one below.
    const std::size_t points = !circle.is_equispaced ? M : is_largest ? M + 1 : M - 1;
    EnclosedSamples samples;
    const std::size_t instances = circle.is_equispaced ? 1 : std::min(settings.instances, most_circles);
    for (std::size_t i = 0; i < instances; ++i)
      samples.add(
          decided([&] { return sieve_sample(circle, is_largest, points, derived(settings.seed, i)); }));
    Size size = std::move(samples).size(static_cast<double>(points));
    size.applies = is_largest || points + 1 > circle.inverse_separation;
    series.sizes.push_back(std::move(size));
  }
  return series;
}

}  // namespace

std::vector<Unit> conditioning_units(const Settings& settings) {
  std::vector<Unit> units;
  for (const Crowd kind : {Crowd::cluster, Crowd::pair}) {
    const SeriesKey key{"conditioning/gautschi", kind == Crowd::cluster ? "cluster" : "pair"};
    units.push_back({key, [=] { return gautschi_series(kind, key, settings); }});
  }
  for (const Circle& circle : circles) {
    for (const bool is_largest : {true, false}) {
      const SeriesKey key{"conditioning/beurling-selberg",
                          std::string(circle.series) + (is_largest ? ", largest" : ", smallest")};
      units.push_back({key, [=, &circle] { return sieve_series(circle, is_largest, key, settings); }});
    }
  }
  return units;
}

}  // namespace sca::experiments::capacity
