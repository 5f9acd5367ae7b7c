#include "experiments/quadrature/series.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace sca::experiments {
namespace {

using Errors = std::vector<double> SizeResult::*;

constexpr std::size_t fewest_sizes = 3;  // two points have no curvature to tell a rate from

bool is_informative(const SizeResult& size) {
  return !size.bound.empty() && std::ranges::all_of(size.bound, [](double b) { return std::isfinite(b); });
}

/// (error/bound)^2, instance by instance; 0/0 is 0.
std::vector<double> squared_ratios(const SizeResult& size, Errors errors) {
  std::vector<double> ratios;
  for (std::size_t i = 0; i < size.bound.size(); ++i) {
    const double error = (size.*errors)[i];
    ratios.push_back(error == 0 ? 0 : std::pow(error / size.bound[i], 2));
  }
  return ratios;
}

std::optional<double> clearance(const SizeResult& size, Errors errors, BoundKind kind) {
  if (!is_informative(size)) return std::nullopt;
  const std::vector<double> ratios = squared_ratios(size, errors);
  double sum = 0;
  double worst = 0;
  for (const double ratio : ratios) {
    sum += ratio;
    if (!(ratio <= worst)) worst = ratio;
  }
  if (std::isnan(sum)) return sum;  // a NaN that is not the last would be replaced
  return std::sqrt(kind == BoundKind::each ? worst : sum / static_cast<double>(ratios.size()));
}

/// What the bounds alone decide: nothing where they leave it to the rate.
struct BoundVerdict {
  std::optional<double> clearance;
  std::string refuted;    // why, if so
  std::string supported;  // what was seen
};

BoundVerdict judge_bounds(const Series& series, const Theory& theory, Errors errors, std::uint64_t seed) {
  BoundVerdict result;
  std::vector<std::vector<double>> ratios;
  for (const SizeResult& size : series.sizes) {
    const auto here = clearance(size, errors, theory.bound);
    if (!here) continue;
    ratios.push_back(squared_ratios(size, errors));
    if (!result.clearance || !(*here <= *result.clearance)) result.clearance = here;
    if (theory.bound == BoundKind::each && !(*here <= 1))
      result.refuted = fmt::format("M={:g}: error is {:.3g} bounds", size.M, *here);
  }
  if (ratios.empty() || theory.bound == BoundKind::none) return {};
  if (theory.bound == BoundKind::each) {
    // A bound that allows what the first size's errors are already asks for nothing.
    const double before = root_mean_square(series.sizes.front().*errors);
    const auto asks = [&](const SizeResult& size) {
      return is_informative(size) && *std::ranges::max_element(size.bound) < before;
    };
    if (std::ranges::none_of(series.sizes, asks)) return result;
    result.supported = fmt::format("error <= bound at {} sizes", ratios.size());
    return result;
  }
  const MeanInterval mean = mean_interval(ratios, seed);
  const std::string seen =
      fmt::format("mean error^2/{} in [{:.3g}, {:.3g}]",
                  theory.bound == BoundKind::variance ? "variance" : "bound^2", mean.low, mean.high);
  const bool too_large = !(mean.low <= 1);
  const bool too_small = theory.bound == BoundKind::variance && !(mean.high >= 1);
  (too_large || too_small ? result.refuted : result.supported) = seen;
  return result;
}

/// The sizes whose precondition is met, or all of them if those are too few: what a slope is of.
ErrorTable table_of(const Series& series, Errors errors, Law law, bool all) {
  ErrorTable table;
  for (const SizeResult& size : series.sizes) {
    if (!size.precondition && !all) continue;
    table.sizes.push_back(law == Law::power ? size.M : static_cast<double>(size.n.value_or(0)));
    table.errors.push_back(size.*errors);
  }
  return table;
}

/// Straight line through log_power ln ln M on the same sizes: what logarithms add to a slope there.
double logarithms_slope(const Theory& theory, const std::vector<double>& sizes) {
  if (theory.log_power == 0) return 0;
  double mean_x = 0;
  double mean_y = 0;
  const auto count = static_cast<double>(sizes.size());
  for (const double M : sizes) {
    mean_x += std::log(M) / count;
    mean_y += std::log(std::log(M)) / count;
  }
  double xy = 0;
  double xx = 0;
  for (const double M : sizes) {
    xy += (std::log(M) - mean_x) * (std::log(std::log(M)) - mean_y);
    xx += std::pow(std::log(M) - mean_x, 2);
  }
  return theory.log_power * xy / xx;
}

struct Rate {
  double low, high;
};

void decide_by_rate(FitRecord& record, const Theory& theory, const Rate& rate, const std::string& bounds) {
  const Fit& fit = *record.fit;
  const std::string slope = fmt::format("slope {:.3g} in [{:.3g}, {:.3g}]", fit.slope, fit.low, fit.high);
  const auto say = [&](const char* verdict, const std::string& why) {
    record.verdict = verdict;
    record.why = bounds.empty() ? why : why + "; " + bounds;
  };
  if (rate.high >= 0)
    return say("pre-asymptotic", "with its logarithms the rate does not fall at these sizes");
  const bool meets = fit.low <= rate.high && (theory.sense == Sense::at_most || fit.high >= rate.low);
  if (meets && fit.high >= 0) return say("pre-asymptotic", slope + ": no decay can be told");
  if (meets) return say("matches theory", slope);
  constexpr double nearly_all = 0.975;
  if (fit.approach >= nearly_all) return say("pre-asymptotic", slope + ", moving towards theory");
  say("refuted", slope + ", against " + theory.words);
}

FitRecord judge_error(const Series& series, const std::optional<Theory>& theory, Errors errors,
                      const std::string& of, std::uint64_t seed) {
  FitRecord record{.of = of,
                   .fit = {},
                   .theory = theory,
                   .rate_low = {},
                   .rate_high = {},
                   .clearance = {},
                   .verdict = "no theory",
                   .why = {}};
  const Theory assumed = theory.value_or(Theory{});
  ErrorTable table = table_of(series, errors, assumed.law, false);
  const bool too_few = table.sizes.size() < fewest_sizes;
  if (too_few) table = table_of(series, errors, assumed.law, true);
  const bool has_rate = assumed.slope.has_value() || !theory;
  if (has_rate && can_be_fitted(table))
    record.fit = fitted(table, assumed.law, assumed.slope.value_or(0), seed);
  if (!theory) return record;

  const BoundVerdict bounds = judge_bounds(series, *theory, errors, seed);
  record.clearance = bounds.clearance;
  if (theory->slope && table.sizes.size() >= fewest_sizes) {
    record.rate_low = *theory->slope;
    record.rate_high = *theory->slope + logarithms_slope(*theory, table.sizes);
  }
  if (!bounds.refuted.empty()) {
    record.verdict = "refuted";
    record.why = bounds.refuted;
  } else if (!theory->slope) {
    record.verdict = bounds.supported.empty() ? "pre-asymptotic" : "matches theory";
    record.why = bounds.supported.empty() ? "the bound says nothing at these sizes" : bounds.supported;
  } else if (too_few || !record.fit) {
    record.verdict = "pre-asymptotic";
    record.why = fmt::format("fewer than {} sizes meet: {}", fewest_sizes, theory->needs);
  } else {
    decide_by_rate(record, *theory, {*record.rate_low, *record.rate_high}, bounds.supported);
  }
  return record;
}

PointRecord point_of(const Series& series, const SizeResult& size) {
  PointRecord point;
  point.M = size.M;
  point.n = size.n;
  point.phase = size.phase;
  if (!size.own.empty()) point.own = quantiles(size.own);
  if (!size.bias.empty()) point.bias = quantiles(size.bias);
  if (!size.total.empty()) point.total = quantiles(size.total);
  point.precondition = size.precondition;
  point.arithmetic = size.arithmetic;
  point.gap = size.gap;
  point.instances = std::max(size.own.size(), size.total.size());
  if (!is_informative(size)) return point;
  const bool own = series.bounds_own();
  point.bound = quantile(size.bound, 0.9);
  point.bound_of = own ? "own" : "total";
  point.clearance = clearance(size, own ? &SizeResult::own : &SizeResult::total,
                              (own ? series.own_theory : series.total_theory)->bound);
  return point;
}

}  // namespace

SeriesRecords judged(const Series& series, std::uint64_t seed) {
  SeriesRecords records{series.key, {}, {}};
  for (const SizeResult& size : series.sizes) records.points.push_back(point_of(series, size));
  if (series.sizes.empty()) return records;
  const bool has_own = !series.sizes.front().own.empty();
  if (has_own && (series.own_theory || !series.total_theory))
    records.fits.push_back(judge_error(series, series.own_theory, &SizeResult::own, "own", seed));
  if (series.total_theory || !has_own)
    records.fits.push_back(judge_error(series, series.total_theory, &SizeResult::total, "total", seed));
  return records;
}

}  // namespace sca::experiments
