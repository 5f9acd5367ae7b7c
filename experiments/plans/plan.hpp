#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/analysis/contrast.hpp"

namespace sca::experiments::ablation {

/// A flat object of fields, named as in run_config.hpp and model_spec.hpp.
using Fields = nlohmann::ordered_json;

/// Architectures that belong together: every combination of the grid's values with every row of the zip, upon
/// what is set, but for those that meet all fields of one skip.
struct Arm {
  std::string name;
  std::vector<std::string> tasks;  // empty: the profile's
  Fields set, grid, zip;           // the values of grid and zip are lists
  std::vector<Fields> skip;
};

/// How much of a plan is run, and for how long.
struct Profile {
  std::string name;
  std::int64_t steps = 0, pilot_steps = 0;
  std::vector<double> rates;  // empty: the plan's
  std::vector<std::uint64_t> seeds;
  std::uint64_t selection_seed = 0;
  std::vector<std::string> tasks, arms;  // arms empty: all
  Fields base;                           // over the plan's
  Fields grid;                           // crossed with every arm
  Fields only;                           // of the arms' grids: no other values of these fields
  Fields probes;                         // arms, tasks: the models of their first seed are probed
};

/// An ablation as its file declares it.
struct Plan {
  std::string name, question;
  std::vector<double> rates;  // a learning rate is chosen among them for each cell
  Fields base;
  std::vector<Arm> arms;  // the most important first: runs go in this order
  std::vector<Contrast> contrasts;
  std::vector<Prediction> predictions;
  std::vector<Profile> profiles;
  std::string text, file;
};

/// errors   InputError that names the file, the key and what was expected: for what is no TOML, unknown keys,
/// wrong types, names that come twice, fields that no model has, contrasts that select no run of any profile
Plan read_plan(const std::filesystem::path& path);
Plan parse_plan(const std::string& text, const std::string& file);

/// errors   InputError that names the profiles there are
const Profile& profile_of(const Plan& plan, std::string_view name);

}  // namespace sca::experiments::ablation
