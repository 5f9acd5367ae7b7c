#include "experiments/analysis/ablate_tables.hpp"

#include <functional>
#include <map>

#include "evidence/input/error.hpp"
#include "experiments/analysis/answer.hpp"
#include "experiments/analysis/markdown_rows.hpp"
#include "experiments/analysis/probe_table.hpp"
#include "experiments/analysis/record_set.hpp"
#include "experiments/analysis/tables.hpp"

namespace sca::experiments::ablation {
namespace {

using Writer = std::function<std::string(const Analysis&)>;

Writer rows_of(evidence::Table (*table)(const Analysis&)) {
  return [table](const Analysis& analysis) { return as_markdown(table(analysis)); };
}

const std::map<std::string, Writer>& writers() {
  static const std::map<std::string, Writer> all{{"answer", answer_text},
                                                 {"power", power_text},
                                                 {"primaries", rows_of(primaries_table)},
                                                 {"secondaries", rows_of(secondaries_table)},
                                                 {"predictions", rows_of(predictions_table)},
                                                 {"parts", rows_of(parts_table)},
                                                 {"results", rows_of(results_table)},
                                                 {"audit", rows_of(audit_table)},
                                                 {"rates", rows_of(rates_table)},
                                                 {"diverged", rows_of(diverged_table)},
                                                 {"probe", rows_of(probe_table)},
                                                 {"verdicts", probe_verdicts},
                                                 {"runs", rows_of(runs_table)}};
  return all;
}

}  // namespace

std::string markdown_table(const std::vector<nlohmann::ordered_json>& records, const std::string& which,
                           std::string_view path) {
  const auto writer = writers().find(which);
  if (writer == writers().end()) {
    std::string known;
    for (const auto& [name, unused] : writers()) known += (known.empty() ? "" : ", ") + name;
    throw evidence::InputError(path, "table ablate", known, evidence::in_quotes(which));
  }
  const auto analysis = analysed_again(records, std::string(path));
  if (!analysis) return "";
  const std::string text = writer->second(*analysis);
  return text.empty() ? "None.\n" : text;
}

}  // namespace sca::experiments::ablation
