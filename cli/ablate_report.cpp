#include "cli/ablate_report.hpp"

#include <algorithm>

#include "evidence/input/error.hpp"
#include "evidence/records_file.hpp"
#include "experiments/runner/manifest.hpp"
#include "experiments/runner/records.hpp"

namespace sca::cli {
namespace {

using AblationLines = std::vector<nlohmann::ordered_json>;

void append_probes(const std::filesystem::path& folder, AblationLines& lines) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("probe-") && name.ends_with(".jsonl")) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  for (const auto& file : files) {
    for (auto& line : evidence::read_records(file)) lines.push_back(std::move(line));
  }
}

}  // namespace

AblationLines ablation_records(const std::filesystem::path& from) {
  if (!std::filesystem::exists(from))
    throw evidence::InputError(from.string(), "records",
                               "a folder that sca ablate run has filled, or a file of records", "none");
  if (!std::filesystem::is_directory(from)) return evidence::read_records(from);
  AblationLines lines{{{"provenance", experiments::ablation::read_manifest(from).value(
                                          "provenance", nlohmann::ordered_json())}}};
  experiments::ablation::Records records(from);
  records.refresh();
  for (const auto& [id, record] : records.all()) lines.push_back(record);
  append_probes(from, lines);
  return lines;
}

}  // namespace sca::cli
