#include "experiments/analysis/architecture.hpp"

#include <fmt/format.h>

namespace sca::experiments::ablation {
namespace {

using Json = nlohmann::ordered_json;

std::string shown(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  return value.is_number_float() ? fmt::format("{:g}", value.get<double>()) : value.dump();
}

}  // namespace

ModelSpec architecture(const Json& base, const Json& more) {
  Json fields = Json::object();
  for (const Json* one : {&base, &more}) {
    if (one->is_object()) fields.update(*one);
  }
  return model_spec(fields, "plan");
}

std::string architecture_key(const ModelSpec& spec) { return to_json(spec).dump(); }

std::string ratio_name(const ModelSpec& spec) {
  if (spec.ratio == 0) return "all attention";
  return spec.ratio >= spec.blocks ? "all SCA" : fmt::format("{}:1", spec.ratio);
}

std::string architecture_name(const ModelSpec& spec, const Json& base) {
  std::string name = ratio_name(spec);
  const Json fields = to_json(spec);
  Json same{{"ratio", fields["ratio"]}};
  if (fields.contains("M")) {
    name += fmt::format(", M = {}", spec.M);
    same["M"] = fields["M"];
  }
  const Json usual = to_json(architecture(base, same));
  for (const auto& [field, value] : fields.items()) {
    const bool follows = field == "E" || (field == "taps" && !usual.contains(field));  // from other fields
    if (!follows && usual.value(field, Json()) != value)
      name += fmt::format(", {} = {}", field, shown(value));
  }
  return name;
}

}  // namespace sca::experiments::ablation
