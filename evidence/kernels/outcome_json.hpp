#pragma once

#include <nlohmann/json.hpp>

#include "evidence/kernels/property.hpp"

namespace sca::evidence::kernels {

/// An outcome on its way from one process to another: every number comes back as it was.
nlohmann::json to_json(const Outcome& outcome);
/// domain   what to_json gave
Outcome outcome_from(const nlohmann::json& json);

}  // namespace sca::evidence::kernels
