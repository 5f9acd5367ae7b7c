#pragma once

#include <vector>

#include "evidence/plot/figure.hpp"

namespace sca::evidence {

/// An axis whose range is known: where values stand on it.
struct Range {
  Scale scale = Scale::linear;
  double from = 0;
  double to = 1;
  std::vector<std::pair<double, std::string>> names = {};

  /// 0 at the low end, 1 at the high one; far below 0 for what a logarithm cannot take, far above 1 for
  /// infinity.
  double place(double value) const;
};

struct Tick {
  double value;
  std::string text;  // empty: a small one
};

/// The range of all axes with this label: the ends that an axis gives, or what the curves reach; on y axes
/// without the bounds, and without what is outside in x.
Range x_range(const std::vector<Panel>& panels, const std::string& label);
Range y_range(const std::vector<Panel>& panels, const std::string& label);

/// A few with numbers, or those that have names; those beyond the range's ends are not drawn.
std::vector<Tick> ticks(const Range& range);

}  // namespace sca::evidence
