#pragma once

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "experiments/capacity/record.hpp"
#include "experiments/statistics.hpp"
#include "reference/interval.hpp"

namespace sca::experiments::capacity {

/// Doubles that certainly hold a number between them; a double of its own is held exactly.
struct Enclosure {
  double low = 0;
  double high = 0;

  explicit Enclosure(double x) : low(x), high(x) {}
  /// Rounded outwards.
  explicit Enclosure(const Interval& x) : low(lower_double(x)), high(upper_double(x)) {}

  double middle() const { return low + (high - low) / 2; }
};

/// One instance's value, and what is proved of it.
struct Sample {
  Enclosure value{0.0};
  Enclosure lower{-std::numeric_limits<double>::infinity()};
  Enclosure upper{std::numeric_limits<double>::infinity()};
};

/// The mean of random values, whose deviation is known: what `mean_of` says of all instances together.
struct MeanLaw {
  enum class Of { values, squares };
  Of of = Of::values;
  double mean = 0;
  double deviation = 0;
  bool at_most = false;  // the mean is a bound of the expectation, not its value
};

/// One size of a series.
struct Size {
  double x = 0;
  std::optional<Design> design;
  std::vector<Sample> samples;
  std::size_t undecided = 0;             // instances without a sample: the precision limit was reached
  std::optional<double> exact;           // what every value is
  std::optional<MeanLaw> law;            // what the instances' mean is near
  std::optional<double> prediction;      // where neither says it: drawn, and decides nothing
  std::optional<MeanInterval> interval;  // to report instead of the range
  bool applies = true;                   // false: theory says nothing yet
  std::string arithmetic = "f64";
};

struct Series {
  SeriesKey key;
  Words words;
  std::vector<Size> sizes;
  std::string remark;  // what the series shows besides its verdict
};

struct SeriesRecords {
  SeriesKey key;
  std::vector<PointRecord> points;
  FindingRecord finding;
};

/// Verdicts. Exact values and bounds are refuted by one certain violation; a law, by a mean that chance would
/// put so far away less than once in a million.
SeriesRecords judged(const Series& series);

}  // namespace sca::experiments::capacity
