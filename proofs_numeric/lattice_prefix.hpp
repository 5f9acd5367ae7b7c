#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "proofs_numeric/instance.hpp"

namespace sca::proofs {

/// A prefix in units of its own lattice. Rational tokens, floating-point ones among them, always lie in c
/// Z^d.
struct LatticePrefix {
  Prefix<Rational> prefix;  // tokens / c, integers
  Rational unit;            // c
  Integer spread;           // largest spread of a coordinate, in units
};

LatticePrefix lattice_prefix(const Instance& instance);

/// A rank-1 lattice rule of N points that retrieves every token exactly: N prime, N > t(t-1)/2, and <z, h_k>
/// mod N distinct. At most t(t-1)/2 N^{d-1} of the N^d generators are bad while no difference vanishes mod N,
/// so that one exists; it is found by trying hashed ones.
struct LatticeRule {
  std::uint64_t points;                  // N
  std::vector<std::uint64_t> generator;  // z, in [0, N)
  std::vector<std::uint64_t> residues;   // <z, h_k> mod N, for every token
};

/// domain   distinct tokens, t(t-1)/2 < 2^31
LatticeRule exact_lattice_rule(const LatticePrefix& lattice);

bool all_distinct(std::vector<std::uint64_t> values);

}  // namespace sca::proofs
