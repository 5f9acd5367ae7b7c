#pragma once

#include "experiments/train/cost.hpp"
#include "experiments/train/train.hpp"

namespace sca::experiments::ablation {

/// What the runner knows of training; tests put stand-ins in its place.
struct Trainer {
  std::function<std::string(const RunConfig&)> id;
  std::function<RunCost(const RunConfig&)> cost;
  std::function<nlohmann::ordered_json(const RunConfig&, const std::filesystem::path& folder,
                                       const StepListener&)>
      train;
  std::string sources;                                       // a digest of the code that trains
  std::function<std::string(const std::string& task)> data;  // a digest of a task's texts; empty without any
};

/// The one that trains.
Trainer trainer();

}  // namespace sca::experiments::ablation
