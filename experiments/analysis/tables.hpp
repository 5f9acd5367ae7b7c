#pragma once

#include <string>
#include <vector>

#include "evidence/table.hpp"
#include "experiments/analysis/analysis.hpp"

namespace sca::experiments::ablation {

// Tables of a report. One without rows is not shown.

/// Contrasts, a row a task: effect, interval, tests, how many solved it, and what that shows.
evidence::Table primaries_table(const Analysis& analysis);
evidence::Table secondaries_table(const Analysis& analysis);

/// Predictions: the outcome's word, and how many parts hold, fail, are open, were not tested.
evidence::Table predictions_table(const Analysis& analysis);
/// Those of their parts that were tested.
evidence::Table parts_table(const Analysis& analysis);

/// A row a task and architecture of the report runs: mean, least and largest value, P(solved), steps to half.
evidence::Table results_table(const Analysis& analysis);

/// What architectures cost: parameters beside those of 2:1, M = 2; state, FLOPs.
evidence::Table audit_table(const Analysis& analysis);

/// Learning rates: what each reached on the selection split, and the one that the report runs have.
evidence::Table rates_table(const Analysis& analysis);

evidence::Table diverged_table(const Analysis& analysis);
evidence::Table runs_table(const Analysis& analysis);

}  // namespace sca::experiments::ablation
