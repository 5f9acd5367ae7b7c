#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <vector>

#include "evidence/hash.hpp"
#include "experiments/analysis/contrast.hpp"
#include "experiments/model/model_spec.hpp"

// Records as a run writes them, with numbers that are made up.

namespace sca::experiments::ablation::synthetic {

using Json = nlohmann::ordered_json;

/// A run of the model with these fields: `value` at the end of a curve that jumps half-way, on groups of the
/// task's kind.
inline Json run(const std::string& task, const Json& model, int seed, double value) {
  const bool is_text = task == "bytes";
  const double chance = is_text ? 8 : task.starts_with("group") ? 0.5 : 1.0 / 32;
  Json record{{"kind", "run"}, {"id", ""}, {"task", task}};
  const ModelSpec spec = model_spec(model, "synthetic");
  record.update(to_json(spec));
  record.update({{"rate", 3e-3}, {"seed", seed}, {"steps", 600}, {"tokens", 2048}, {"split", "report"}});
  record.update({{"status", "done"},
                 {"metric", is_text ? "bits_per_byte" : "accuracy"},
                 {"chance", chance},
                 {"value", value}});
  Json groups = Json::array();
  const std::vector<std::string> names = is_text ? std::vector<std::string>{"Ruth", "Esther", "Mark"}
                                         : task.starts_with("group")
                                             ? std::vector<std::string>{"T=32", "T=64", "T=128"}
                                             : std::vector<std::string>{"all"};
  for (std::size_t i = 0; i < names.size(); ++i)
    groups.push_back({{"name", names[i]},
                      {"count", 1000 * (i + 1)},
                      {"value", value + 0.01 * (static_cast<double>(i) - 1)}});
  record["groups"] = groups;
  Json curve = Json::array();
  for (int step = 50; step <= 600; step += 50)
    curve.push_back({step, 3.0 - step / 300.0, step < 300 ? chance : value});
  record["curve"] = curve;
  record.update({{"parameters", 150000 + 100 * spec.ratio + spec.M},
                 {"train_flops", 1.2e12},
                 {"decode_flops", 3.1e5},
                 {"state_bytes", 4000.0 + 4 * 12 * static_cast<double>(spec.ratio + spec.M)},
                 {"verification", "00"},
                 {"sources", "0123456789abcdef0123456789abcdef"},
                 {"data", ""},
                 {"seconds", 50.25}});
  record["id"] = fmt::format("{:016x}", evidence::hashed(record.dump()));
  return record;
}

/// The same run, a pilot with another learning rate.
inline Json pilot(Json record, double rate, double value) {
  record["rate"] = rate;
  record["split"] = "selection";
  record["steps"] = 150;
  record["value"] = value;
  record["id"] = fmt::format("{:016x}", evidence::hashed(record.dump()));
  return record;
}

inline Json diverged(Json record, int at) {
  record["status"] = "diverged";
  record["diverged_at"] = at;
  record["value"] = nullptr;
  record["groups"] = Json::array();
  record["curve"] = {{50, 3.0, 0.1}, {100, nullptr, nullptr}};
  return record;
}

inline Questions asked() {
  Questions q;
  q.plan = "ratio_and_m";
  q.profile = "smoke";
  q.question = "Does the ratio matter? Does M?";
  q.base = {{"D", 32}, {"blocks", 12}, {"ratio", 2}, {"K", 4}, {"M", 2}, {"heads", 4}};
  q.tasks = {"mqar", "cmqar", "group:G=Z2", "bytes", "stat"};
  const auto contrast = [&](const char* name, bool is_primary, const Json& a, const Json& b,
                            std::vector<std::string> tasks) {
    q.contrasts.push_back({name, is_primary, a, b, Json::object(), std::move(tasks)});
  };
  const std::vector<std::string> main{"mqar", "cmqar", "group:G=Z2", "bytes"};
  contrast("theta_max 12 against 3", false, {{"theta_max", 12}}, {{"theta_max", 3}}, {"mqar"});
  contrast("1:1 against 2:1", true, {{"ratio", 1}}, {{"ratio", 2}}, main);
  contrast("3:1 against 2:1", true, {{"ratio", 3}}, {{"ratio", 2}}, main);
  contrast("M = 1 against M = 2", true, {{"M", 1}}, {{"M", 2}}, main);
  contrast("M = 4 against M = 2", true, {{"M", 4}}, {{"M", 2}}, main);
  contrast("all SCA against all attention", false, {{"ratio", "inf"}}, {{"ratio", 0}}, {"stat"});
  q.predictions = {{"P1", "capacity follows rank"},
                   {"P2", "M = 1 ≥ 2 > 4 > 8"},
                   {"P3", "the same on N = 4"},
                   {"P4", "parity does not extrapolate"},
                   {"P5", "a step, no slope"},
                   {"P6", "stat needs no attention"},
                   {"P7", "nobody knows how to decide this"}};
  return q;
}

/// The smoke grid's report runs and pilots: 13 architectures on four tasks, three seeds.
inline std::vector<Json> smoke() {
  std::vector<Json> records;
  const auto noise = [](std::uint64_t i, int seed) {
    return evidence::signed_unit(1, i, static_cast<std::uint64_t>(seed));
  };
  std::uint64_t number = 0;
  for (const std::string task : {"mqar", "cmqar", "group:G=Z2", "bytes"}) {
    for (const Json& ratio : {Json(0), Json(1), Json(2), Json(3), Json("inf")}) {
      for (const int M : {1, 2, 4}) {
        if (ratio == 0 && M != 2) continue;
        const Json model{{"ratio", ratio}, {"M", M}};
        ++number;
        double level = ratio == 0 ? 0.12 : ratio == "inf" ? 0.6 - 0.1 * M : 0.9;
        if (task == "bytes") level = 2.4 + 0.02 * M;
        if (task.starts_with("group")) level = 0.75;
        const double spread = task == "bytes" ? 0.004 : 0.05;
        for (int seed = 1; seed <= 3; ++seed) {
          const double value = level + spread * noise(number, seed);
          records.push_back(run(task, model, seed, value));
          if (seed == 1) {
            for (const double rate : {1e-3, 3e-3, 1e-2})
              records.push_back(pilot(records.back(), rate, value - 0.1 + 3 * rate));
          }
        }
      }
    }
  }
  return records;
}

}  // namespace sca::experiments::ablation::synthetic
