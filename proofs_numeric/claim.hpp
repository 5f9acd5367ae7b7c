#pragma once

#include <functional>
#include <string>

#include "evidence/finding.hpp"
#include "proofs_numeric/instance.hpp"

namespace sca::proofs {

using evidence::Finding;
using evidence::Findings;

/// What the user may set for all claims.
struct Settings {
  int digits = 30;        // decimal digits to which equalities of intervals are decided
  double epsilon = 0.01;  // retrieval error, relative to max_k t p_k |h_k|, that windows are sized for
};

/// Precision doubles up to this; then `undecided`. Generous: equalities to `digits` of values that cancel
/// heavily.
unsigned max_bits(const Settings& settings);

/// Each claim is also run on a deliberately false variant of itself (the ledger says which), which must be
/// refuted: a checker that cannot fail has not checked.
enum class Variant { stated, false_twin };

/// What it means when every check of a claim holds.
enum class Reach {
  instances,  // certified: holds on the instances named
  existence,  // proved: the claim says that something exists, and the check shows it
  lemma,      // proved: a lemma of companion.md covers the quantifier; the check certifies its hypotheses
};

/// One claim of the ledger (papers/nautile-370m/claims.toml): the same id there, here, in records and in the
/// CLI.
struct Claim {
  std::string id;
  Reach reach = Reach::instances;
  /// Which instances the claim speaks of; empty: it brings its own construction and runs once.
  std::function<bool(const Instance&)> applies;
  /// Decides the claim on one instance at the thread's current precision.
  std::function<Findings(const Instance&, const Settings&, Variant)> check;
};

}  // namespace sca::proofs
