#pragma once

#include "experiments/plans/expand.hpp"
#include "experiments/runner/records.hpp"
#include "experiments/runner/trainer.hpp"

namespace sca::experiments::ablation {

/// What a part of a plan takes, before it runs.
struct Budget {
  std::string arm;
  std::size_t cells = 0, choice_runs = 0, report_runs = 0;
  std::int64_t least_parameters = 0, most_parameters = 0;
  double flops = 0;         // of training; evaluations come on top
  double disk_bytes = 0;    // of what stays
  double memory_bytes = 0;  // of the largest process

  std::size_t runs() const { return choice_runs + report_runs; }
};

/// One for each arm that the profile runs; a cell counts where it comes first.
std::vector<Budget> budgets(const Expansion& expansion, const std::function<RunCost(const RunConfig&)>& cost);
Budget total(const std::vector<Budget>& budgets);

/// Operations a second of one process, everything included.
struct Speed {
  double flops;
  std::string origin;  // "measured: 12 runs in DIR", or "stated"
};

/// Of the runs that are recorded; without any the stated one.
Speed speed(const Records* records, const std::string& folder);

}  // namespace sca::experiments::ablation
