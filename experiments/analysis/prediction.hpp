#pragma once

#include <string>
#include <vector>

#include "experiments/analysis/analysis.hpp"

namespace sca::experiments::ablation {

/// One statement that records can meet or not.
struct PredictionPart {
  enum class State { holds, fails, open, untested };
  std::string claim;
  State state = State::untested;
  std::string evidence;  // empty if untested
};

/// What became of a prediction: a word of its parts, by rule.
///
/// supported: every part that was tested holds. not supported: at least one fails and none holds. not tested:
/// no part was. mixed: anything else.
struct PredictionResult {
  Prediction prediction;
  std::string rule;  // what its parts are
  std::vector<PredictionPart> parts;

  std::string outcome() const;
};

/// All predictions of the plan; one whose id no rule knows is not tested.
std::vector<PredictionResult> predictions(const Analysis& analysis);

// How a part is judged from a paired comparison (a less b; where lower is better, the signs are turned).
// Without one, and from one that is vacuous, it is not tested.

/// Holds if the effect's interval is above 0, fails if it is below.
PredictionPart better(const std::string& claim, const Comparison* comparison);
/// Holds if it is above -margin, fails if it is below that.
PredictionPart no_worse(const std::string& claim, const Comparison* comparison);
/// Holds if the equivalence's interval is within the margin, fails if it is outside.
PredictionPart same(const std::string& claim, const Comparison* comparison);

}  // namespace sca::experiments::ablation
