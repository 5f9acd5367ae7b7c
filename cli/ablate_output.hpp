#pragma once

#include "experiments/runner/budget.hpp"
#include "experiments/runner/status.hpp"

namespace sca::cli {

/// How a run of a plan is shared out, for the minutes that are told.
struct Machine {
  unsigned jobs;
  experiments::ablation::Speed speed;
};

// Tables for a person, or JSON lines.

void print_budget(const experiments::ablation::Plan& plan, const experiments::ablation::Expansion& expansion,
                  const Machine& machine, bool json);
void print_status(const experiments::ablation::Expansion& expansion,
                  const std::vector<experiments::ablation::CellStatus>& cells, const Machine& machine,
                  bool json);

}  // namespace sca::cli
