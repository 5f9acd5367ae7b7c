#include "experiments/train/run_config.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "evidence/input/error.hpp"
#include "evidence/sha256.hpp"
#include "experiments/train/sources.hpp"

namespace sca::experiments::ablation {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array known_fields{"task",  "rate",   "seed",    "steps",     "tokens",      "split",
                                  "D",     "blocks", "ratio",   "placement", "heads",       "K",
                                  "M",     "H",      "E",       "taps",      "convolution", "theta_max",
                                  "decay", "phase",  "summary", "normaliser"};

[[noreturn]] void fail(std::string_view where, const char* field, const char* expected, const Json& found) {
  throw evidence::InputError(where, field, expected, found.dump());
}

const Json& required(const Json& fields, const char* field, std::string_view where) {
  const auto found = fields.find(field);
  if (found == fields.end()) throw evidence::InputError(where, field, "a value", "none");
  return *found;
}

std::int64_t positive(const Json& fields, const char* field, std::string_view where) {
  const Json& value = required(fields, field, where);
  if (!value.is_number_integer() || value < 1 || value > 1'000'000'000)
    fail(where, field, "a whole number from 1 to 10^9", value);
  return value.get<std::int64_t>();
}

Split split_of(const Json& fields, std::string_view where) {
  const Json& value = required(fields, "split", where);
  if (value == "selection") return Split::selection;
  if (value == "report") return Split::report;
  fail(where, "split", "selection or report", value);
}

}  // namespace

RunConfig run_config(const Json& fields, std::string_view where) {
  for (const auto& [field, value] : fields.items()) {
    if (std::ranges::find(known_fields, std::string_view(field)) == known_fields.end())
      throw evidence::InputError(where, field, "no such field", value.dump());
  }
  RunConfig config;
  const Json& task = required(fields, "task", where);
  if (!task.is_string()) fail(where, "task", "a task's name", task);
  config.task = task.get<std::string>();
  config.model = model_spec(fields, where);
  const Json& rate = required(fields, "rate", where);
  if (!rate.is_number() || !(rate.get<double>() > 0) || rate.get<double>() > 1)
    fail(where, "rate", "a learning rate above 0, at most 1", rate);
  config.rate = rate.get<double>();
  config.seed = static_cast<std::uint64_t>(positive(fields, "seed", where));
  config.steps = positive(fields, "steps", where);
  config.tokens = positive(fields, "tokens", where);
  config.split = split_of(fields, where);
  return config;
}

Json to_json(const RunConfig& config) {
  Json made{{"task", config.task}};
  made.update(to_json(config.model));
  made["rate"] = config.rate;
  made["seed"] = config.seed;
  made["steps"] = config.steps;
  made["tokens"] = config.tokens;
  made["split"] = config.split == Split::selection ? "selection" : "report";
  return made;
}

std::string run_id(const RunConfig& config) {
  const std::string data = make_task(config.task)->data();
  return evidence::sha256(fmt::format("{}\n{}\n{}\n", to_json(config).dump(), data, sources_digest()))
      .substr(0, 16);
}

}  // namespace sca::experiments::ablation
