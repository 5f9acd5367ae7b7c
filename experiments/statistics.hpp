#pragma once

#include <optional>
#include <string>
#include <vector>

namespace sca::experiments {

/// The value below which a share q of the values lies, between neighbours linearly. domain   at least one
/// value, 0 <= q <= 1
double quantile(std::vector<double> values, double q);

/// domain   at least one value
double root_mean_square(const std::vector<double>& values);

/// error = C M^slope, or error = C e^{slope n}.
enum class Law { power, geometric };

/// Errors of one series: a row a size, a column an instance.
struct ErrorTable {
  std::vector<double> sizes;                // M, or n for Law::geometric
  std::vector<std::vector<double>> errors;  // [sizes, instances]
};

/// A straight line through the logarithms of the root mean squares, over the upper half of the sizes (rates
/// are about large M), with a 95 % interval.
struct Fit {
  Law law = Law::power;
  double slope = 0;
  double low = 0;    // the bootstrap's interval over instances,
  double high = 0;   // widened on both sides by 2 drift
  double drift = 0;  // |slope - slope of the upper half's own upper half|
  double first = 0;  // the range whose upper half that is
  double last = 0;
  double approach = 0;  // share of the resamples in which the upper half is nearer to `reference`
};

/// The drift tells how far a rate is from having settled: a straight line through a curve has a bias that
/// resampling instances cannot see. If what is missing from the limit at least halves from the upper half of
/// the range to its own upper half, then the limit is within 2 drift.
///
/// domain   `can_be_fitted`: three sizes or more, all root mean squares positive
Fit fitted(const ErrorTable& table, Law law, double reference, std::uint64_t seed);
bool can_be_fitted(const ErrorTable& table);

/// The 95 % bootstrap interval of the mean over instances (columns) of all rows' means.
struct MeanInterval {
  double mean = 0, low = 0, high = 0;
};
MeanInterval mean_interval(const std::vector<std::vector<double>>& rows, std::uint64_t seed);

}  // namespace sca::experiments
