#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "kernels/network/optimizer.hpp"

namespace sca::experiments::ablation {

/// Where a run stands: with parameters and moments, all that it needs to go on exactly.
struct Progress {
  std::string id;  // of the run
  std::int64_t step = 0;
  double seconds = 0;
  nlohmann::ordered_json curve = nlohmann::ordered_json::array();
};

/// Writes a checkpoint, whole or not at all: a line of JSON, then parameters and both moments as they lie in
/// memory.
/// errors   InputError where the file cannot be written
void save_checkpoint(const std::filesystem::path& path, const Progress& progress,
                     kernels::Network<float>& network, kernels::Optimizer<float>& optimizer);

/// Reads one, if there is a file.
/// errors   InputError that names file and field: of another run, damaged
bool load_checkpoint(const std::filesystem::path& path, Progress& progress, kernels::Network<float>& network,
                     kernels::Optimizer<float>& optimizer);

}  // namespace sca::experiments::ablation
