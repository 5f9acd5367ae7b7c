#pragma once

#include "experiments/analysis/comparison.hpp"
#include "experiments/analysis/contrast.hpp"

namespace sca::experiments::ablation {

/// What the records say of one contrast.
struct ContrastResult {
  Contrast contrast;
  std::string a, b;                     // names of the sides
  std::vector<Comparison> comparisons;  // of the tasks that have runs of both sides
  std::vector<double> adjusted;  // of each comparison: p after Holm over all primaries' comparisons; of
                                 // secondaries p itself
  std::vector<std::string> not_tested;  // tasks without
  std::optional<Interval>
      aggregate;  // IQM of normalised scores, a less b, over tasks with an accuracy if there are two
};

/// Everything that a report tells.
struct Analysis {
  Questions questions;
  nlohmann::ordered_json provenance;  // null if no record has one
  std::vector<RunRecord> runs;
  std::vector<ContrastResult> results;  // primaries first, each in the plan's order
  std::vector<nlohmann::ordered_json> probes;
};

/// errors   InputError as run_records and compared; for a contrast whose fields make no model
Analysis analysed(const Questions& questions, const std::vector<nlohmann::ordered_json>& records);

}  // namespace sca::experiments::ablation
