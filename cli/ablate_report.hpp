#pragma once

#include <filesystem>

#include "experiments/analysis/contrast.hpp"

namespace sca::cli {

/// What the report is made of: of a folder that `sca ablate run` and `probe` have filled, where they come
/// from, then its runs' records and probes; of a file its lines.
///
/// errors   InputError: nothing there, lines that are no records, records that disagree
std::vector<nlohmann::ordered_json> ablation_records(const std::filesystem::path& from);

}  // namespace sca::cli
