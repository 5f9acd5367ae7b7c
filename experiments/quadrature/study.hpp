#pragma once

#include <functional>
#include <optional>

#include "evidence/input/tokens.hpp"
#include "experiments/ids.hpp"
#include "experiments/quadrature/rules.hpp"

namespace sca::experiments {

/// What `sca quadrature` is asked for.
struct StudySettings {
  std::vector<std::string> rules;             // ids or their first parts; empty: all
  std::vector<std::string> targets;           // the same of targets
  std::vector<std::size_t> dims;              // of synthetic prefixes, ascending
  std::vector<std::size_t> nodes;             // ascending
  std::vector<evidence::TokenMatrix> tokens;  // real prefixes, each with its own dimension
  double phase = 8;                           // T D
  std::size_t instances = 64;
  std::uint64_t seed = 1;
};

/// One series to compute.
struct Unit {
  SeriesKey key;
  std::function<SeriesRecords()> compute;
};

/// All series that the settings ask for, in the order in which they are reported.
std::vector<Unit> units(const StudySettings& settings);

/// Every rule's id, each once.
std::vector<std::string> rule_ids();
const std::vector<std::string>& target_ids();

}  // namespace sca::experiments
