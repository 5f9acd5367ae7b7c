#include "experiments/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "experiments/random.hpp"

namespace sca::experiments {
namespace {

constexpr std::size_t resamples = 1000;
constexpr double tail = 0.025;

double least_squares_slope(std::span<const double> x, std::span<const double> y) {
  double mean_x = 0;
  double mean_y = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    mean_x += x[i] / static_cast<double>(x.size());
    mean_y += y[i] / static_cast<double>(x.size());
  }
  double xy = 0;
  double xx = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xy += (x[i] - mean_x) * (y[i] - mean_y);
    xx += (x[i] - mean_x) * (x[i] - mean_x);
  }
  return xy / xx;
}

struct Slopes {
  double lower, upper, drift;
};

/// Of the two halves of the range, which share the size in the middle; and how far the upper one's still
/// moves: against its own upper half, or, where that has no two sizes less, against the lower.
Slopes slopes(std::span<const double> x, std::span<const double> y) {
  const std::size_t half = (x.size() + 2) / 2;
  const double lower = least_squares_slope(x.first(half), y.first(half));
  const double upper = least_squares_slope(x.last(half), y.last(half));
  const std::size_t quarter = (half + 1) / 2;
  const double before =
      quarter < 2 || quarter == half ? lower : least_squares_slope(x.last(quarter), y.last(quarter));
  return {lower, upper, std::abs(upper - before)};
}

/// Squares, every row over its largest: errors reach 1e-300, and their squares are not doubles.
struct Scaled {
  std::vector<double> squares;
  double log_scale = 0;
};

Scaled scaled(const std::vector<double>& errors) {
  const double top = *std::ranges::max_element(errors);
  Scaled row{{}, std::log(top)};
  for (const double error : errors) row.squares.push_back((error / top) * (error / top));
  return row;
}

double log_rms(const Scaled& row, std::span<const std::size_t> chosen) {
  double sum = 0;
  for (const std::size_t i : chosen) sum += row.squares[i];
  return row.log_scale + std::log(sum / static_cast<double>(chosen.size())) / 2;
}

std::vector<std::size_t> resample(std::size_t count, std::uint64_t seed, std::size_t number) {
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < count; ++i) chosen.push_back(below(count, derived(seed, number), i));
  return chosen;
}

}  // namespace

double quantile(std::vector<double> values, double q) {
  std::ranges::sort(values);
  const double place = q * static_cast<double>(values.size() - 1);
  const auto index = static_cast<std::size_t>(place);
  if (index + 1 >= values.size() || values[index] == values[index + 1]) return values[index];
  return std::lerp(values[index], values[index + 1], place - static_cast<double>(index));
}

double root_mean_square(const std::vector<double>& values) {
  const double top = *std::ranges::max_element(values);
  if (top == 0 || !std::isfinite(top)) return top;
  double sum = 0;
  for (const double value : values) sum += (value / top) * (value / top);
  return top * std::sqrt(sum / static_cast<double>(values.size()));
}

bool can_be_fitted(const ErrorTable& table) {
  return table.sizes.size() >= 3 && std::ranges::all_of(table.errors, [](const std::vector<double>& row) {
           const double rms = root_mean_square(row);
           return rms > 0 && std::isfinite(rms);
         });
}

Fit fitted(const ErrorTable& table, Law law, double reference, std::uint64_t seed) {
  std::vector<double> x;
  std::vector<Scaled> rows;
  for (std::size_t i = 0; i < table.sizes.size(); ++i) {
    x.push_back(law == Law::power ? std::log(table.sizes[i]) : table.sizes[i]);
    rows.push_back(scaled(table.errors[i]));
  }
  const auto line = [&](std::span<const std::size_t> chosen) {
    std::vector<double> y;
    for (const Scaled& row : rows) y.push_back(log_rms(row, chosen));
    return slopes(x, y);
  };
  const std::size_t count = rows.front().squares.size();
  std::vector<std::size_t> everyone(count);
  for (std::size_t i = 0; i < count; ++i) everyone[i] = i;
  const Slopes whole = line(everyone);
  std::vector<double> drawn;
  std::size_t nearer = 0;
  for (std::size_t b = 0; b < resamples; ++b) {
    const Slopes one = line(resample(count, seed, b));
    if (!std::isfinite(one.upper)) continue;  // a row whose every drawn error is 0
    drawn.push_back(one.upper);
    if (std::abs(one.upper - reference) < std::abs(one.lower - reference)) ++nearer;
  }
  return {.law = law,
          .slope = whole.upper,
          .low = quantile(drawn, tail) - 2 * whole.drift,
          .high = quantile(drawn, 1 - tail) + 2 * whole.drift,
          .drift = whole.drift,
          .first = table.sizes.front(),
          .last = table.sizes.back(),
          .approach = static_cast<double>(nearer) / static_cast<double>(drawn.size())};
}

MeanInterval mean_interval(const std::vector<std::vector<double>>& rows, std::uint64_t seed) {
  const std::size_t count = rows.front().size();
  std::vector<double> columns(count, 0.0);
  double mean = 0;
  for (std::size_t i = 0; i < count; ++i) {
    for (const auto& row : rows) columns[i] += row[i] / static_cast<double>(rows.size());
    mean += columns[i] / static_cast<double>(count);
  }
  std::vector<double> drawn;
  for (std::size_t b = 0; b < resamples; ++b) {
    double sum = 0;
    for (const std::size_t i : resample(count, seed, b)) sum += columns[i];
    drawn.push_back(sum / static_cast<double>(count));
  }
  return {mean, quantile(drawn, tail), quantile(drawn, 1 - tail)};
}

}  // namespace sca::experiments
