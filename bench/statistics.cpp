#include "bench/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sca::bench {
namespace {

/// Of all interleavings of n and m values, the share in which exactly u pairs have the first kind above the
/// second; for u = 0 … nm. Recursion over which kind the topmost value is of (Mann and Whitney 1947, section
/// 3).
std::vector<double> pair_distribution(std::size_t n, std::size_t m) {
  // row[j]: for i values of the first kind and j of the second.
  std::vector<std::vector<double>> row(m + 1, {1.0});
  for (std::size_t i = 1; i <= n; ++i) {
    std::vector<std::vector<double>> next{{1.0}};
    for (std::size_t j = 1; j <= m; ++j) {
      std::vector<double> shares(i * j + 1, 0.0);
      const double first = static_cast<double>(i) / static_cast<double>(i + j);
      const double second = static_cast<double>(j) / static_cast<double>(i + j);
      for (std::size_t u = 0; u < row[j].size(); ++u) shares[u + j] += first * row[j][u];
      for (std::size_t u = 0; u < next[j - 1].size(); ++u) shares[u] += second * next[j - 1][u];
      next.push_back(std::move(shares));
    }
    row = std::move(next);
  }
  return row[m];
}

}  // namespace

double median(std::vector<double> values) {
  std::ranges::sort(values);
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : std::midpoint(values[half - 1], values[half]);
}

double median_deviation(const std::vector<double>& values) {
  const double middle = median(values);
  std::vector<double> deviations;
  for (const double value : values) deviations.push_back(std::abs(value - middle));
  return median(std::move(deviations));
}

double rank_probability(const std::vector<double>& larger, const std::vector<double>& smaller) {
  std::size_t above = 0;
  for (const double value : larger)
    above += static_cast<std::size_t>(std::ranges::count_if(smaller, [&](double x) { return value > x; }));
  const std::vector<double> shares = pair_distribution(larger.size(), smaller.size());
  return std::accumulate(shares.begin() + static_cast<std::ptrdiff_t>(above), shares.end(), 0.0);
}

double least_rank_probability(std::size_t larger, std::size_t smaller) {
  return pair_distribution(larger, smaller).back();
}

}  // namespace sca::bench
