#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "experiments/analysis/learning.hpp"
#include "experiments/model/model_spec.hpp"
#include "experiments/tasks/task.hpp"

namespace sca::experiments::ablation {

/// The value of one group of labels: a length, a document.
struct GroupValue {
  std::string name;
  double count = 0;
  double value = 0;
};

/// What a report reads of a run (experiments/train/train.hpp).
struct RunRecord {
  std::string id, task;
  ModelSpec spec;
  std::string model;  // the same text for the same architecture, and no other
  double rate = 0;
  std::uint64_t seed = 0;
  std::int64_t steps = 0;
  Split split = Split::report;
  Metric metric = Metric::accuracy;
  double chance = 0;
  std::optional<double> value;  // none: it diverged
  std::int64_t diverged_at = 0;
  std::vector<GroupValue> groups;  // of a diverged run none
  std::vector<CurvePoint> curve;
  double parameters = 0, train_flops = 0, decode_flops = 0, state_bytes = 0, seconds = 0;
  std::string sources;
  nlohmann::ordered_json json;  // all of it

  /// A run that diverged is worth as much as guessing; it is never left out.
  double score() const { return value.value_or(chance); }
};

/// The runs among the records, each id once, in an order that does not depend on theirs: by task,
/// architecture, split, rate, seed.
///
/// errors   InputError for a field that is missing or of another kind; for two records of one id that
///          disagree in what was computed; for two runs of one task, architecture, split, rate and seed
std::vector<RunRecord> run_records(const std::vector<nlohmann::ordered_json>& records);

/// Whether architecture a is shown before b: by size, ratio, M, then the rest.
bool is_before(const RunRecord& a, const RunRecord& b);

}  // namespace sca::experiments::ablation
