#pragma once

#include <optional>
#include <string>
#include <vector>

#include "experiments/quadrature/record.hpp"
#include "experiments/quadrature/theory.hpp"

namespace sca::experiments {

/// One size of a rule on all instances. Empty are own and bias where there is no window, total where there is
/// no ideal, bound where theory has none.
///
/// shape    own, bias, total, bound [instances]
struct SizeResult {
  double M = 0;
  std::optional<std::size_t> n;
  std::optional<double> phase;
  std::vector<double> own;
  std::vector<double> bias;
  std::vector<double> total;
  std::vector<double> bound;
  bool precondition = true;
  std::string arithmetic = "f64";
  std::optional<double> gap;  // of weights that a search has found
};

/// A rule on all sizes, and what theory says of its own error and of the total.
struct Series {
  SeriesKey key;
  std::vector<SizeResult> sizes;
  std::optional<Theory> own_theory;
  std::optional<Theory> total_theory;

  /// Which error the bounds are of.
  bool bounds_own() const { return own_theory && own_theory->bound != BoundKind::none; }
};

struct SeriesRecords {
  SeriesKey key;
  std::vector<PointRecord> points;
  std::vector<FitRecord> fits;
};

/// Quantiles, fits and verdicts of a series.
SeriesRecords judged(const Series& series, std::uint64_t seed);

}  // namespace sca::experiments
