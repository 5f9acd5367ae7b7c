#pragma once

#include "experiments/plans/expand.hpp"

namespace sca::experiments::ablation {

/// What the profile asks, for a report: each contrast once for every combination of the profile's grid.
Questions questions_of(const Plan& plan, const Expansion& expansion);

/// The tasks of a contrast for which the profile runs both sides.
std::vector<std::string> tested_tasks(const Plan& plan, const Expansion& expansion, const Contrast& contrast);

}  // namespace sca::experiments::ablation
