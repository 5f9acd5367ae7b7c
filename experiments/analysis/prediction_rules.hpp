#pragma once

#include <string_view>

#include "experiments/analysis/prediction.hpp"

namespace sca::experiments::ablation {

/// How the protocol's prediction `id` is decided.
struct PredictionRule {
  std::string_view id;
  const char* text;
  /// base: the plan's, at the size that is asked about
  std::vector<PredictionPart> (*parts)(const Analysis& analysis, const nlohmann::ordered_json& base);
};

const std::vector<PredictionRule>& prediction_rules();

/// The tasks of the report whose name, up to a colon, is one of these.
std::vector<std::string> tasks_of(const Analysis& analysis, const std::vector<std::string_view>& families);

}  // namespace sca::experiments::ablation
