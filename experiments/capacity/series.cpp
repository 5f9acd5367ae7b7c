#include "experiments/capacity/series.hpp"

#include <boost/math/distributions/normal.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace sca::experiments::capacity {
namespace {

constexpr const char* matches = "matches theory";
constexpr const char* refuted = "refuted";
constexpr const char* early = "pre-asymptotic";
constexpr const char* undecided = "undecided";
constexpr const char* no_theory = "no theory";

/// How often chance alone may refute a law, size by size: once in a million, both sides together.
constexpr double false_alarm = 1e-6;

double normal_quantile(double q) { return boost::math::quantile(boost::math::normal(), q); }

bool has_bound(const Sample& sample) {
  return std::isfinite(sample.upper.low) || std::isfinite(sample.lower.high);
}

/// value/upper or lower/value, whichever is worse; 0/0 is 0.
double clearance_of(const Sample& sample) {
  const auto ratio = [](double a, double b) { return a == 0 ? 0 : a / b; };
  double worst = -std::numeric_limits<double>::infinity();
  if (std::isfinite(sample.upper.low)) worst = ratio(sample.value.middle(), sample.upper.middle());
  if (std::isfinite(sample.lower.high))
    worst = std::max(worst, ratio(sample.lower.middle(), sample.value.middle()));
  return worst;
}

/// A NaN breaks every bound.
bool breaks_bound(const Sample& sample) {
  return !(sample.value.low <= sample.upper.high) || !(sample.value.high >= sample.lower.low);
}

bool breaks_exact(const Sample& sample, double exact) {
  return !(sample.value.low <= exact && exact <= sample.value.high);
}

double mean_of(const std::vector<Sample>& samples, MeanLaw::Of of) {
  double sum = 0;
  for (const Sample& sample : samples) {
    const double value = sample.value.middle();
    sum += of == MeanLaw::Of::squares ? value * value : value;
  }
  return sum / static_cast<double>(samples.size());
}

double error_of_mean(const Size& size) {
  return size.law->deviation / std::sqrt(static_cast<double>(size.samples.size()));
}

/// How far from the law's mean chance may take that of the instances.
double allowance(const Size& size) { return normal_quantile(1 - false_alarm / 2) * error_of_mean(size); }

bool breaks_law(const Size& size) {
  const double away = mean_of(size.samples, size.law->of) - size.law->mean;
  return !((size.law->at_most ? away : std::abs(away)) <= allowance(size));
}

std::string verdict_of(const Size& size) {
  if (!size.applies) return early;
  const auto broken = [&](const Sample& sample) {
    return breaks_bound(sample) || (size.exact && breaks_exact(sample, *size.exact));
  };
  if (std::ranges::any_of(size.samples, broken)) return refuted;
  if (size.law && breaks_law(size)) return refuted;
  if (size.undecided > 0) return undecided;
  const bool judged = size.exact || size.law || std::ranges::any_of(size.samples, has_bound);
  return judged ? matches : no_theory;
}

/// A mean with its normal 95 % interval, of the values or of the root of the mean square.
MeanInterval law_interval(const Size& size) {
  const double mean = mean_of(size.samples, size.law->of);
  const double half = normal_quantile(0.975) * error_of_mean(size);
  if (size.law->of == MeanLaw::Of::values) return {mean, std::max(0.0, mean - half), mean + half};
  return {std::sqrt(mean), std::sqrt(std::max(0.0, mean - half)), std::sqrt(mean + half)};
}

void add_measured(PointRecord& record, const Size& size) {
  if (size.interval || size.law) {
    const MeanInterval interval = size.interval ? *size.interval : law_interval(size);
    record.measured = interval.mean;
    record.low = interval.low;
    record.high = interval.high;
    record.interval = "95 %";
    return;
  }
  std::vector<double> values;
  for (const Sample& sample : size.samples) values.push_back(sample.value.middle());
  const auto [least, largest] = std::ranges::minmax(values);
  record.measured = quantile(values, 0.5);
  record.low = least;
  record.high = largest;
}

void add_theory(PointRecord& record, const Size& size) {
  record.prediction = size.exact ? size.exact : size.prediction;
  if (size.law) {
    const bool is_square = size.law->of == MeanLaw::Of::squares;
    const double mean = is_square ? std::sqrt(size.law->mean) : size.law->mean;
    (size.law->at_most ? record.upper : record.prediction) = mean;
    if (size.law->at_most)
      record.clearance = mean_of(size.samples, size.law->of) / (size.law->mean + allowance(size));
  }
  if (!size.applies) return;
  for (const Sample& sample : size.samples) {
    if (std::isfinite(sample.lower.low))
      record.lower = std::min(record.lower.value_or(HUGE_VAL), sample.lower.low);
    if (std::isfinite(sample.upper.high))
      record.upper = std::max(record.upper.value_or(-HUGE_VAL), sample.upper.high);
    if (has_bound(sample))
      record.clearance = std::max(record.clearance.value_or(-HUGE_VAL), clearance_of(sample));
  }
}

PointRecord point_of(const Size& size) {
  PointRecord record;
  record.x = size.x;
  record.design = size.design;
  if (!size.samples.empty()) add_measured(record, size);
  add_theory(record, size);
  record.arithmetic = size.arithmetic;
  record.instances = size.samples.size() + size.undecided;
  record.verdict = verdict_of(size);
  return record;
}

std::string overall(const std::vector<PointRecord>& points) {
  for (const char* verdict : {refuted, undecided, matches, early}) {
    if (std::ranges::any_of(points, [&](const PointRecord& p) { return p.verdict == verdict; }))
      return verdict;
  }
  return no_theory;
}

}  // namespace

SeriesRecords judged(const Series& series) {
  SeriesRecords records{.key = series.key, .points = {}, .finding = {}};
  for (const Size& size : series.sizes) records.points.push_back(point_of(size));
  FindingRecord& finding = records.finding;
  finding.words = series.words;
  finding.verdict = overall(records.points);
  std::size_t same = 0;
  for (const PointRecord& point : records.points) {
    if (point.verdict == finding.verdict) ++same;
    if (point.clearance && !(*point.clearance <= finding.clearance.value_or(-HUGE_VAL)))
      finding.clearance = point.clearance;
  }
  finding.why = fmt::format("{} of {} sizes", same, records.points.size());
  if (!series.remark.empty()) finding.why += "; " + series.remark;
  return records;
}

}  // namespace sca::experiments::capacity
