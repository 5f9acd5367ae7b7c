#pragma once

#include <optional>
#include <vector>

namespace sca::experiments::ablation {

/// An accuracy as a share of the way from chance to 1.
/// domain   chance < 1
constexpr double normalised(double accuracy, double chance) { return (accuracy - chance) / (1 - chance); }

/// A run has solved its task from here on, normalised. Learning goes by plateaus and jumps: guessing among
/// what stands in the context is 0.1 at mqar's sizes, half-learned mixtures lie between, and what is past its
/// jump is above 0.9 (the protocol's pilots: 12 and 22 % before, 99.6 and 99.9 % after).
inline constexpr double solved_from = 0.9;
constexpr bool is_solved(double accuracy, double chance) {
  return normalised(accuracy, chance) >= solved_from;
}

/// Below this, normalised, a model does no better than to guess, at best among what stands in the context;
/// two that do so are alike whatever they are.
inline constexpr double learned_from = 0.1;

/// A model's accuracy after so many steps.
struct CurvePoint {
  double step = 0;
  double loss = 0;
  double value = 0;
};

/// The first step whose accuracy is half of the way from chance to 1, as the curve was sampled; none if it
/// never was, which means: later than the last step.
std::optional<double> steps_to_half(const std::vector<CurvePoint>& curve, double chance);

}  // namespace sca::experiments::ablation
