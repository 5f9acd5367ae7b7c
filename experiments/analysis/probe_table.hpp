#pragma once

#include <string>

#include "evidence/table.hpp"
#include "experiments/analysis/analysis.hpp"

namespace sca::experiments::ablation {

/// A row a model and layer of the retrieval probe.
evidence::Table probe_table(const Analysis& analysis);

/// How many layers fulfil the verdict's conditions, trained, untrained and on shuffled tokens: a list item
/// each.
std::string probe_verdicts(const Analysis& analysis);

/// The verdicts in words, trained beside untrained, and the table; that there are none where there are none.
std::string probe_section(const Analysis& analysis);

}  // namespace sca::experiments::ablation
