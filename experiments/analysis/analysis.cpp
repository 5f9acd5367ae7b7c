#include "experiments/analysis/analysis.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "evidence/hash.hpp"
#include "experiments/analysis/architecture.hpp"
#include "experiments/analysis/holm.hpp"
#include "experiments/analysis/iqm.hpp"
#include "experiments/record_line.hpp"

namespace sca::experiments::ablation {
namespace {

using Json = nlohmann::ordered_json;

Json merged(const Json& at, const Json& side) {
  Json fields = Json::object();
  for (const Json* one : {&at, &side}) {
    if (one->is_object()) fields.update(*one);
  }
  return fields;
}

std::optional<Interval> aggregate(const std::vector<Comparison>& comparisons, const std::string& name) {
  std::vector<PairedScores> tasks;
  for (const Comparison& one : comparisons) {
    if (!one.is_accuracy()) continue;
    tasks.emplace_back();
    for (const Pair& pair : one.pairs) {
      tasks.back().a.push_back(normalised(pair.a, one.chance));
      tasks.back().b.push_back(normalised(pair.b, one.chance));
    }
  }
  if (tasks.size() < 2) return std::nullopt;
  return iqm_difference(tasks, evidence::hashed(name));
}

ContrastResult result_of(const Contrast& contrast, const Questions& questions,
                         const std::vector<RunRecord>& runs) {
  const ModelSpec a = architecture(questions.base, merged(contrast.at, contrast.a));
  const ModelSpec b = architecture(questions.base, merged(contrast.at, contrast.b));
  ContrastResult result{.contrast = contrast,
                        .a = architecture_name(a, questions.base),
                        .b = architecture_name(b, questions.base),
                        .comparisons = {},
                        .adjusted = {},
                        .not_tested = {},
                        .aggregate = {}};
  for (const std::string& task : contrast.tasks.empty() ? questions.tasks : contrast.tasks) {
    if (auto one = compared(runs, task, architecture_key(a), architecture_key(b))) {
      result.comparisons.push_back(std::move(*one));
    } else {
      result.not_tested.push_back(task);
    }
  }
  for (const Comparison& one : result.comparisons) result.adjusted.push_back(one.test.p);
  result.aggregate = aggregate(result.comparisons, contrast.name);
  return result;
}

/// Each once, by model, control and layer.
std::vector<Json> probe_records(const std::vector<Json>& records) {
  std::map<std::tuple<std::string, bool, bool, double, std::string>, Json> probes;
  for (std::size_t i = 0; i < records.size(); ++i) {
    const Json& record = records[i];
    if (!record.is_object() || record.value("kind", "") != "probe") continue;
    const RecordLine line{record, fmt::format("record {}", i + 1)};
    probes.insert({{line.text("model"), !record.value("is_trained", false),
                    record.value("is_shuffled", false), line.number("layer"), record.dump()},
                   record});
  }
  std::vector<Json> sorted;
  for (const auto& [key, record] : probes) sorted.push_back(record);
  return sorted;
}

/// Over all comparisons of all primaries at once.
void adjust(std::vector<ContrastResult>& results) {
  std::vector<double> p;
  for (const ContrastResult& result : results) {
    if (result.contrast.is_primary) p.insert(p.end(), result.adjusted.begin(), result.adjusted.end());
  }
  const std::vector<double> adjusted = holm(p);
  auto next = adjusted.begin();
  for (ContrastResult& result : results) {
    if (!result.contrast.is_primary) continue;
    for (double& one : result.adjusted) one = *next++;
  }
}

}  // namespace

Analysis analysed(const Questions& questions, const std::vector<Json>& records) {
  Analysis analysis{.questions = questions,
                    .provenance = nullptr,
                    .runs = run_records(records),
                    .results = {},
                    .probes = {}};
  for (const Json& record : records) {
    const Json provenance = record.value("provenance", Json());
    if (provenance.is_object() &&
        (analysis.provenance.is_null() || provenance.dump() < analysis.provenance.dump()))
      analysis.provenance = provenance;
  }
  analysis.probes = probe_records(records);
  for (const bool is_primary : {true, false}) {
    for (const Contrast& contrast : questions.contrasts) {
      if (contrast.is_primary == is_primary)
        analysis.results.push_back(result_of(contrast, questions, analysis.runs));
    }
  }
  adjust(analysis.results);
  return analysis;
}

}  // namespace sca::experiments::ablation
