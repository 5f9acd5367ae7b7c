#include "experiments/analysis/record_set.hpp"

namespace sca::experiments::ablation {

std::string record_lines(const Analysis& analysis) {
  nlohmann::ordered_json head = to_json(analysis.questions);
  if (analysis.provenance.is_object()) head["provenance"] = analysis.provenance;
  std::string text = head.dump() + "\n";
  for (const RunRecord& run : analysis.runs) text += run.json.dump() + "\n";
  for (const auto& probe : analysis.probes) text += probe.dump() + "\n";
  return text;
}

std::optional<Analysis> analysed_again(const std::vector<nlohmann::ordered_json>& records,
                                       const std::string& where) {
  for (const auto& record : records) {
    if (record.is_object() && record.value("kind", "") == "plan")
      return analysed(questions(record, where), records);
  }
  return std::nullopt;
}

}  // namespace sca::experiments::ablation
