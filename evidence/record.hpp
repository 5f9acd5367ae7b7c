#pragma once

#include <nlohmann/json.hpp>

#include "evidence/finding.hpp"

namespace sca::evidence {

/// A finding as a JSON record. Reals are strings, rounded outwards: JSON has no infinities and no directed
/// rounding.
nlohmann::ordered_json to_json(const Finding& finding);

/// error/bound with three digits, rounded up; "-" where there is no bound.
std::string clearance_text(const Finding& finding);

}  // namespace sca::evidence
