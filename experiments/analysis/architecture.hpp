#pragma once

#include <nlohmann/json.hpp>

#include <string>

#include "experiments/model/model_spec.hpp"

namespace sca::experiments::ablation {

/// The architecture that a plan's base and more fields of it give; later fields over earlier ones.
/// errors   InputError that names the field
ModelSpec architecture(const nlohmann::ordered_json& base, const nlohmann::ordered_json& more);

/// One text for each architecture: records and questions meet in it.
std::string architecture_key(const ModelSpec& spec);

/// "2:1", "all attention", "all SCA".
std::string ratio_name(const ModelSpec& spec);

/// As a person names it: ratio, M, and what else differs from the base: "2:1, M = 4, theta_max = 12".
std::string architecture_name(const ModelSpec& spec, const nlohmann::ordered_json& base);

}  // namespace sca::experiments::ablation
