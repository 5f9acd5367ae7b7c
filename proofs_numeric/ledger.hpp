#pragma once

#include <string>
#include <vector>

#include "evidence/verdict.hpp"

namespace sca::proofs {

/// One entry of papers/nautile-370m/claims.toml, which is built into the program.
struct LedgerEntry {
  std::string id;
  std::string where;    // the paper's place
  std::string title;    // short, for tables
  std::string formula;  // plain-text mathematics
  std::string hypotheses;
  std::string thought;  // the line of thought in our words
  std::string source;   // where its proof or refutation stands
  std::string false_variant;
  evidence::Verdict expected;
};

/// The ledger, in its own order. Throws std::runtime_error that names the entry and field if it does not fit.
const std::vector<LedgerEntry>& ledger();

}  // namespace sca::proofs
