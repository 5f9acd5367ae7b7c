#pragma once

#include <limits>
#include <optional>
#include <string>

#include "experiments/statistics.hpp"

namespace sca::experiments {

/// Whether theory says what the rate is, or only that errors fall at least so fast.
enum class Sense { equal, at_most };

/// What a series' `bound` numbers are.
enum class BoundKind {
  none,
  each,         // |error| <= bound, for every instance and size
  variance,     // E error^2 = bound^2 over the rule's randomness
  mean_square,  // E error^2 <= bound^2
};

/// What is proved of a rule's error (papers/nautile-370m/companion.md, section 9 and its sources).
struct Theory {
  Law law = Law::power;
  std::optional<double> slope;  // of log(rms) in log(M), or in n; none where only a bound is known
  double log_power = 0;         // rates M^slope (ln M)^log_power
  Sense sense = Sense::equal;
  BoundKind bound = BoundKind::none;
  std::string words;  // "M^(-2/d)"
  std::string needs;  // what the rate is true from; "none"
};

}  // namespace sca::experiments
