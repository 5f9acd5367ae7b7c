#pragma once

#include <vector>

#include "proofs_numeric/claim.hpp"
#include "proofs_numeric/ledger.hpp"

namespace sca::proofs {

/// A ledger entry with the code that decides it.
struct RegisteredClaim {
  const LedgerEntry* entry;
  Claim claim;
};

/// Every claim of the ledger, in the ledger's order. Throws std::logic_error if ledger and code do not match
/// one to one: an entry that nothing decides would be a promise nobody keeps.
std::vector<RegisteredClaim> registry();

}  // namespace sca::proofs
