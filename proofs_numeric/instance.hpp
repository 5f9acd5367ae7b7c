#pragma once

#include <string>
#include <vector>

#include "reference/interval.hpp"
#include "theory/geometry.hpp"

namespace sca::proofs {

/// A prefix on which claims are checked, exact.
struct Instance {
  std::string name;
  Prefix<Rational> prefix;
  /// Repeated tokens, as groups of indices; every group has one member iff Theorem 1's hypothesis holds.
  std::vector<std::vector<std::size_t>> groups;
  /// Nothing where t < 2.
  std::optional<Separation<Rational>> gaps;
  bool integer = false;  // all tokens in Z^d
  bool uniform = false;  // all weights 1/t

  bool distinct() const { return groups.size() == prefix.t; }
  /// The prefix at the thread's current precision.
  Prefix<Interval> enclosed() const { return prefix_cast<Interval>(prefix, to_interval); }
};

Instance make_instance(std::string name, Prefix<Rational> prefix);

/// Exact-rational prefixes of our own: d = 1…8, t up to 64, near-coincident tokens, zero tokens, repeated
/// tokens, norms over 1e±6, weights over 1e-12…1, integer lattices. Data come from an integer hash: the same
/// everywhere.
std::vector<Instance> builtin_instances();

}  // namespace sca::proofs
