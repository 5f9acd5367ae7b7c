#include "evidence/plot/axis.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace sca::evidence {
namespace {

constexpr double far = 100;  // ranges away: a line to there is a vertical one
constexpr int most_numbers = 5;

double coordinate(Scale scale, double value) {
  if (scale == Scale::linear) return value;
  return scale == Scale::log2 ? std::log2(value) : std::log10(value);
}

std::string superscript(int exponent) {
  static const std::vector<std::string> digits{"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string text = exponent < 0 ? "⁻" : "";
  for (const char c : std::to_string(std::abs(exponent))) text += digits[static_cast<std::size_t>(c - '0')];
  return text;
}

/// The powers of the base, every few of them with a number.
std::vector<Tick> powers(const Range& range, int first, int last) {
  const bool is_binary = range.scale == Scale::log2;
  const int step = std::max(1, (last - first + most_numbers) / most_numbers);
  std::vector<Tick> result;
  for (int e = first; e <= last; ++e) {
    const double value = std::pow(is_binary ? 2 : 10, e);
    const std::string text = is_binary ? fmt::format("{:g}", value) : "10" + superscript(e);
    result.push_back({value, e % step == 0 ? text : ""});
  }
  return result;
}

/// Where there are too few powers of ten to read values by: 1, 2, 5, 10, …
std::vector<Tick> in_decades(int first, int last) {
  std::vector<Tick> result;
  for (int e = first - 1; e <= last; ++e) {
    for (int digit = 1; digit < 10; ++digit) {
      const double value = digit * std::pow(10, e);
      result.push_back({value, digit == 1 || digit == 2 || digit == 5 ? fmt::format("{:g}", value) : ""});
    }
  }
  return result;
}

std::vector<Tick> logarithmic(const Range& range) {
  const int first = static_cast<int>(std::ceil(coordinate(range.scale, range.from) - 1e-9));
  const int last = static_cast<int>(std::floor(coordinate(range.scale, range.to) + 1e-9));
  return range.scale == Scale::log10 && last - first < 2 ? in_decades(first, last)
                                                         : powers(range, first, last);
}

std::vector<Tick> linear(const Range& range) {
  const double rough = (range.to - range.from) / most_numbers;
  const double power = std::pow(10, std::floor(std::log10(rough)));
  double step = 10 * power;
  for (const double nice : {5.0, 2.0, 1.0}) {
    if (nice * power >= rough) step = nice * power;
  }
  std::vector<Tick> result;
  for (double k = std::ceil(range.from / step - 1e-9); k * step <= range.to + 1e-9 * step; ++k)
    result.push_back({k * step, fmt::format("{:.6g}", k * step + 0.0)});  // no -0
  return result;
}

void merge(const Axis& axis, Axis& whole) {
  whole.scale = axis.scale;
  if (axis.from) whole.from = axis.from;
  if (axis.to) whole.to = axis.to;
  if (!axis.names.empty()) whole.names = axis.names;
}

/// The given ends, and for those not given, what the values reach, with a little room: no point is to sit on
/// the frame.
Range covering(const Axis& whole, std::vector<double> values) {
  const bool is_linear = whole.scale == Scale::linear;
  std::erase_if(values, [&](double v) {
    return !std::isfinite(v) || (!is_linear && v <= 0) || v < whole.from.value_or(v) ||
           v > whole.to.value_or(v);
  });
  if (values.empty()) values = {1};
  const auto [least, most] = std::ranges::minmax(values);
  if (is_linear) {
    const double room = most > least ? 0.04 * (most - least) : 1;
    return {whole.scale, whole.from.value_or(least - room), whole.to.value_or(most + room), whole.names};
  }
  const double room = std::max(std::pow(most / least, 0.04), 1.1);
  return {whole.scale, whole.from.value_or(least / room), whole.to.value_or(most * room), whole.names};
}

}  // namespace

double Range::place(double value) const {
  if (value == std::numeric_limits<double>::infinity()) return far;
  if (scale != Scale::linear && value <= 0) return -far;
  const double low = coordinate(scale, from);
  return (coordinate(scale, value) - low) / (coordinate(scale, to) - low);
}

Range x_range(const std::vector<Panel>& panels, const std::string& label) {
  Axis whole;
  std::vector<double> values;
  for (const Panel& panel : panels) {
    if (panel.x.label != label) continue;
    merge(panel.x, whole);
    for (const Curve& curve : panel.curves) {
      for (const PlotPoint& point : curve.points) values.push_back(point.x);
    }
  }
  return covering(whole, values);
}

Range y_range(const std::vector<Panel>& panels, const std::string& label) {
  Axis whole;
  std::vector<double> values;
  for (const Panel& panel : panels) {
    if (panel.y.label != label) continue;
    merge(panel.y, whole);
    const Range x = x_range(panels, panel.x.label);
    for (const Curve& curve : panel.curves) {
      if (curve.mark == Mark::bound) continue;
      for (const PlotPoint& point : curve.points) {
        if (x.place(point.x) < 0 || x.place(point.x) > 1) continue;
        for (const double value : {point.y, point.low.value_or(point.y), point.high.value_or(point.y)})
          values.push_back(value);
      }
    }
  }
  return covering(whole, values);
}

std::vector<Tick> ticks(const Range& range) {
  if (!range.names.empty()) {
    std::vector<Tick> named;
    for (const auto& [value, name] : range.names) named.push_back({value, name});
    return named;
  }
  return range.scale == Scale::linear ? linear(range) : logarithmic(range);
}

}  // namespace sca::evidence
