#include "experiments/analysis/run_record.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "evidence/input/error.hpp"
#include "experiments/analysis/architecture.hpp"
#include "experiments/record_line.hpp"

namespace sca::experiments::ablation {
namespace {

using evidence::InputError;
using Json = nlohmann::ordered_json;

const Json& list(const RecordLine& line, const char* field) {
  const auto found = line.json.find(field);
  if (found == line.json.end() || !found->is_array())
    throw InputError(line.where, field, "a list", found == line.json.end() ? "none" : found->dump());
  return *found;
}

std::vector<CurvePoint> curve_of(const RecordLine& line) {
  std::vector<CurvePoint> curve;
  for (const Json& point : list(line, "curve")) {
    if (!point.is_array() || point.size() != 3 || !point[0].is_number())
      throw InputError(line.where, "curve", "points [step, loss, value]", point.dump());
    if (!point[2].is_number()) continue;  // not a number: the run is about to end
    curve.push_back({point[0], point[1].is_number() ? point[1].get<double>() : 0, point[2]});
  }
  return curve;
}

std::vector<GroupValue> groups_of(const RecordLine& line) {
  std::vector<GroupValue> groups;
  for (const Json& group : list(line, "groups")) {
    const RecordLine one{group, line.where + ": groups"};
    if (group.is_object() && group.contains("value") && group["value"].is_null()) continue;
    groups.push_back({one.text("name"), one.number("count"), one.number("value")});
  }
  return groups;
}

/// One of two words.
template <class Choice>
Choice choice(const RecordLine& line, const char* field, std::pair<const char*, Choice> one,
              std::pair<const char*, Choice> other) {
  const std::string word = line.text(field);
  if (word != one.first && word != other.first)
    throw InputError(line.where, field, fmt::format("{} or {}", one.first, other.first),
                     evidence::in_quotes(word));
  return word == one.first ? one.second : other.second;
}

RunRecord run_of(const Json& json, const std::string& where) {
  const RecordLine line{json, where};
  RunRecord run;
  run.id = line.text("id");
  run.task = line.text("task");
  run.spec = model_spec(json, where);
  run.model = architecture_key(run.spec);
  run.rate = line.number("rate");
  run.seed = static_cast<std::uint64_t>(line.number("seed"));
  run.steps = static_cast<std::int64_t>(line.number("steps"));
  run.split = choice<Split>(line, "split", {"selection", Split::selection}, {"report", Split::report});
  run.metric = choice<Metric>(line, "metric", {"accuracy", Metric::accuracy},
                              {"bits_per_byte", Metric::bits_per_byte});
  run.chance = line.number("chance");
  if (choice<bool>(line, "status", {"done", true}, {"diverged", false})) {
    run.value = line.number("value");
    run.groups = groups_of(line);
  } else {
    run.diverged_at = static_cast<std::int64_t>(line.number("diverged_at"));
  }
  run.curve = curve_of(line);
  run.parameters = line.number("parameters");
  run.train_flops = line.number("train_flops");
  run.decode_flops = line.number("decode_flops");
  run.state_bytes = line.number("state_bytes");
  run.seconds = line.number("seconds");
  run.sources = line.text("sources");
  run.json = json;
  return run;
}

void require_agreement(const Json& a, const Json& b, const std::string& id) {
  for (const char* field : {"task", "status", "value", "groups", "curve", "sources"}) {
    const Json one = a.value(field, Json());
    const Json other = b.value(field, Json());
    if (one != other)
      throw InputError(
          "record " + id, field, "the same in all records of this id",
          fmt::format("{} and {}", evidence::one_line(one.dump(), 60), evidence::one_line(other.dump(), 60)));
  }
}

auto place(const RunRecord& run) {
  return std::tie(run.task, run.model, run.split, run.rate, run.seed, run.steps);
}

void require_single(const std::vector<RunRecord>& runs) {
  for (std::size_t i = 1; i < runs.size(); ++i) {
    if (place(runs[i - 1]) == place(runs[i]))
      throw InputError("record " + runs[i].id, "id",
                       fmt::format("one run of {}, rate {:g}, seed {} on this model", runs[i].task,
                                   runs[i].rate, runs[i].seed),
                       "another, " + runs[i - 1].id);
  }
}

}  // namespace

bool is_before(const RunRecord& a, const RunRecord& b) {
  const auto order = [](const RunRecord& run) {
    const ModelSpec& s = run.spec;
    return std::tie(s.D, s.blocks, s.ratio, s.M, s.theta_max, s.H, run.model);
  };
  return order(a) < order(b);
}

std::vector<RunRecord> run_records(const std::vector<Json>& records) {
  std::map<std::string, Json> by_id;
  for (std::size_t i = 0; i < records.size(); ++i) {
    const Json& record = records[i];
    if (!record.is_object() || record.value("kind", "") != "run") continue;
    const std::string id = RecordLine{record, fmt::format("record {}", i + 1)}.text("id");
    const auto [found, is_new] = by_id.emplace(id, record);
    if (is_new) continue;
    require_agreement(found->second, record, id);
    if (record.dump() < found->second.dump()) found->second = record;  // whichever came first
  }
  std::vector<RunRecord> runs;
  for (const auto& [id, record] : by_id) runs.push_back(run_of(record, "record " + id));
  std::ranges::sort(runs, [](const RunRecord& a, const RunRecord& b) {
    if (a.task != b.task) return a.task < b.task;
    if (a.model != b.model) return is_before(a, b);
    return place(a) < place(b);
  });
  require_single(runs);
  return runs;
}

}  // namespace sca::experiments::ablation
