#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace sca::experiments::ablation {

/// A table of a report in Markdown, for documents that quote the records: `which` is primaries, secondaries,
/// predictions, parts, results, audit, rates, diverged, probe or runs, or answer and power for the words.
/// Empty if the records hold no plan.
///
/// errors   InputError that names `path` for another word, and as analysed
std::string markdown_table(const std::vector<nlohmann::ordered_json>& records, const std::string& which,
                           std::string_view path);

}  // namespace sca::experiments::ablation
