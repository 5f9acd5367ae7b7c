#pragma once

#include <algorithm>

#include "experiments/analysis/equivalence.hpp"
#include "experiments/analysis/run_record.hpp"
#include "experiments/analysis/sign_flip.hpp"

namespace sca::experiments::ablation {

/// What two architectures reached with one seed: the same data in the same order.
struct Pair {
  std::uint64_t seed;
  double a, b;
};

/// How many of a side's runs solved the task, and after how many steps they were half-way (none: never).
struct Side {
  std::size_t count = 0, diverged = 0, solved = 0;
  double mean = 0;
  std::vector<std::optional<double>> steps_to_half;
};

/// Architecture a less architecture b on one task.
struct Comparison {
  std::string task;
  Metric metric = Metric::accuracy;
  double chance = 0;
  std::vector<Pair> pairs;    // by seed
  std::size_t unpaired = 0;   // runs without a partner
  std::size_t documents = 0;  // that the interval resamples, too; 0: pairs alone
  Side a, b;
  Interval effect;  // the mean difference; positive: a is higher
  SignFlip test;
  Equivalence same;

  bool is_accuracy() const { return metric == Metric::accuracy; }
  /// Whether neither side has learned anything: then nothing follows from their difference, or from none.
  bool is_vacuous() const {
    return is_accuracy() && normalised(std::max(a.mean, b.mean), chance) < learned_from;
  }
  double margin() const { return is_accuracy() ? accuracy_margin : bits_margin; }
};

/// Report runs of a task by two architectures (architecture_key). None where no seed has both.
///
/// Bits per byte vary from document to document and from seed to seed: where a text has several documents,
/// the interval is the one over documents (their differences averaged over seeds, weighted by length),
/// widened to hold the one over seeds. A run that diverged counts as guessing.
///
/// errors   InputError where the two do not measure the same, or for more than 24 pairs: the test is exact
std::optional<Comparison> compared(const std::vector<RunRecord>& runs, const std::string& task,
                                   const std::string& a, const std::string& b);

}  // namespace sca::experiments::ablation
