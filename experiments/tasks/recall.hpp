#pragma once

#include "experiments/tasks/generated.hpp"

namespace sca::experiments::ablation {

/// The vocabulary of the recall tasks: keys 1 ... V/2 - 1, values V/2 ... V - 1; 0 is only ever a filler.
///
/// source   Arora et al. 2023, Zoology (multi-query associative recall)
struct KeysAndValues {
  std::int64_t V;

  std::int64_t first_value() const { return V / 2; }
  std::int64_t key_count() const { return V / 2 - 1; }
  std::int64_t value_count() const { return V - V / 2; }
  std::vector<std::int64_t> keys(evidence::Draws& draws, std::int64_t count) const;
  std::vector<std::int64_t> values(evidence::Draws& draws, std::int64_t count) const;
  /// "k3", "v17", and "." for 0.
  std::string word(std::int64_t id) const;
};

/// Random ids of [first, last] at which nothing is asked.
Sequence fillers(evidence::Draws& draws, std::int64_t tokens, std::int64_t first, std::int64_t last);

}  // namespace sca::experiments::ablation
