#pragma once

#include <functional>

#include "proofs_numeric/registry.hpp"

namespace sca::proofs {

/// A claim's outcome on all its instances.
struct ClaimResult {
  const LedgerEntry* entry;
  evidence::Verdict verdict = evidence::Verdict::undecided;
  std::size_t instances = 0;
  Findings findings;   // every finding, instance by instance
  Finding deciding;    // the one that refutes or leaves undecided; else the bound that is used up most
  double seconds = 0;  // of work, all threads together
  bool as_expected() const { return verdict == entry->expected; }
};

/// Called from worker threads, serialised, after each instance of a claim.
using Progress = std::function<void(std::size_t done, std::size_t total, const std::string& claim)>;

/// Decides every claim on every instance that it speaks of, with `jobs` threads.
std::vector<ClaimResult> prove(const std::vector<RegisteredClaim>& claims,
                               const std::vector<Instance>& instances, const Settings& settings,
                               Variant variant, unsigned jobs, const Progress& progress);

}  // namespace sca::proofs
