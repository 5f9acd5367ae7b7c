#pragma once

#include <nlohmann/json.hpp>

#include <filesystem>
#include <vector>

namespace sca::evidence {

/// A file of JSON lines, as every command's --json prints them. A last line without its newline is a record
/// that was cut off while it was written: it is left out.
///
/// errors   InputError that names the line
std::vector<nlohmann::ordered_json> read_records(const std::filesystem::path& path);

/// Those of one run, as commands write them: the first says where they come from.
/// errors   InputError that names the line, or says that there is no provenance
std::vector<nlohmann::ordered_json> read_run(const std::filesystem::path& path);

}  // namespace sca::evidence
