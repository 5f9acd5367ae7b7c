#pragma once

#include <string>

#include "experiments/analysis/analysis.hpp"

namespace sca::experiments::ablation {

/// All records behind a report as one file: a line of the questions, with the provenance, then the runs in
/// their order and the probe's records. The same records in any order give the same text.
std::string record_lines(const Analysis& analysis);

/// The analysis of such a file's records; nothing if none of them is of a plan.
/// errors   InputError as analysed and questions; `where` names the file
std::optional<Analysis> analysed_again(const std::vector<nlohmann::ordered_json>& records,
                                       const std::string& where);

}  // namespace sca::experiments::ablation
