#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

#include "evidence/judge/judge.hpp"

namespace sca::evidence::judge {

/// A table of the file's tensors, then the notes and, where one failed, its place and the diagnosis.
std::string to_text(const Report& report, bool colour);

/// One record a tensor, and one for the file as a whole. Reals are strings, decimal and hex.
std::vector<nlohmann::ordered_json> to_records(const Report& report);

}  // namespace sca::evidence::judge
