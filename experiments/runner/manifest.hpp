#pragma once

#include <filesystem>

#include "evidence/provenance.hpp"
#include "experiments/plans/expand.hpp"
#include "experiments/runner/trainer.hpp"

namespace sca::experiments::ablation {

/// What the records of a folder are of: plan and profile, the digests of the trainer's sources and of the
/// tasks' texts, and who began. The plan's text may change later: runs are known by what they compute.
nlohmann::ordered_json manifest(const Plan& plan, const Expansion& expansion, const Trainer& trainer,
                                const evidence::Provenance& provenance);

/// Makes the folder with its manifest.json, or holds the one that is there to `mine`.
/// errors   InputError that names what differs: plan, profile, sources, or the data of a task
void open_folder(const std::filesystem::path& folder, const nlohmann::ordered_json& mine);

/// errors   InputError where there is none
nlohmann::ordered_json read_manifest(const std::filesystem::path& folder);

}  // namespace sca::experiments::ablation
