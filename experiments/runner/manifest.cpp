#include "experiments/runner/manifest.hpp"

#include <unistd.h>

#include <fstream>

#include "evidence/input/error.hpp"
#include "experiments/runner/process.hpp"

namespace sca::experiments::ablation {
namespace {

using evidence::in_quotes;
using evidence::InputError;
using ManifestJson = nlohmann::ordered_json;

constexpr const char* manifest_file = "manifest.json";

/// The first to come makes it: link() of a complete file succeeds once.
void create_manifest(const std::filesystem::path& folder, const ManifestJson& mine) {
  const std::filesystem::path beside = folder / (".new-" + unique_name());
  std::ofstream out(beside, std::ios::binary);
  out << mine.dump(2) << "\n";
  out.close();
  const bool is_whole = static_cast<bool>(out);
  const int result = is_whole ? link(beside.c_str(), (folder / manifest_file).c_str()) : -1;
  const int error = errno;
  unlink(beside.c_str());
  if (result != 0 && error != EEXIST)
    throw InputError(folder.string(), manifest_file, "a folder that can be written", "none");
}

void require_same(const std::filesystem::path& folder, const char* field, const std::string& kept,
                  const std::string& mine) {
  if (kept == mine) return;
  throw InputError((folder / manifest_file).string(), field,
                   in_quotes(kept) + ", of which the records there are (another folder: --into)",
                   in_quotes(mine));
}

}  // namespace

ManifestJson manifest(const Plan& plan, const Expansion& expansion, const Trainer& trainer,
                      const evidence::Provenance& provenance) {
  ManifestJson data = ManifestJson::object();
  for (const Cell& cell : expansion.cells) {
    if (!data.contains(cell.config.task)) data[cell.config.task] = trainer.data(cell.config.task);
  }
  return {{"plan", plan.name}, {"profile", expansion.profile.name},           {"sources", trainer.sources},
          {"data", data},      {"provenance", evidence::to_json(provenance)}, {"text", plan.text}};
}

void open_folder(const std::filesystem::path& folder, const ManifestJson& mine) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) throw InputError(folder.string(), "--into", "a folder that can be made", error.message());
  if (!std::filesystem::exists(folder / manifest_file)) create_manifest(folder, mine);
  const ManifestJson kept = read_manifest(folder);
  for (const char* field : {"plan", "profile", "sources"})
    require_same(folder, field, kept.value(field, ""), mine.value(field, ""));
  for (const auto& [task, digest] : mine["data"].items()) {
    const std::string field = "data of " + task;
    require_same(folder, field.c_str(), kept["data"].value(task, digest.get<std::string>()), digest);
  }
}

ManifestJson read_manifest(const std::filesystem::path& folder) {
  const std::string path = (folder / manifest_file).string();
  std::ifstream in(path, std::ios::binary);
  if (!in) throw InputError(path, "manifest", "a folder that sca ablate run has made", "none");
  ManifestJson kept = ManifestJson::parse(in, nullptr, false);
  if (!kept.is_object() || !kept.value("data", ManifestJson()).is_object())
    throw InputError(path, "manifest", "a JSON object with data", "another");
  return kept;
}

}  // namespace sca::experiments::ablation
