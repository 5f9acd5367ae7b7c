#pragma once

#include "experiments/plans/plan.hpp"
#include "experiments/train/run_config.hpp"

namespace sca::experiments::ablation {

/// One task and one architecture: what a learning rate is chosen for.
struct Cell {
  std::size_t arm;   // the first of the plan's arms that asks for it
  RunConfig config;  // but for rate, seed, steps and split
};

/// All that a profile runs, in the plan's order; what two arms ask for is there once.
struct Expansion {
  Profile profile;
  std::vector<double> rates;
  std::vector<std::string> arms;  // their names, by the number in Cell
  std::vector<Cell> cells;
};

/// errors   InputError that names the arm, the field and what was expected
Expansion expand(const Plan& plan, std::string_view profile);

/// The runs of a cell. `choice` is on the selection split: the learning rate's.
RunConfig choice_run(const Expansion& expansion, const Cell& cell, double rate);
RunConfig report_run(const Expansion& expansion, const Cell& cell, double rate, std::uint64_t seed);

/// The same for two configurations of one cell, whatever their rate, seed, steps and split.
std::string cell_key(const RunConfig& config);

/// The configuration that the plan's base, the profile's and `over` give, in this order.
RunConfig configured(const Plan& plan, const Profile& profile, const std::string& task,
                     const std::vector<Fields>& over, const std::string& where);

/// Every combination of a grid's values, the last field fastest: flat objects.
std::vector<Fields> combinations(const Fields& grid);

}  // namespace sca::experiments::ablation
