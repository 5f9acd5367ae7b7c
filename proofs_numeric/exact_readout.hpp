#pragma once

#include <vector>

#include "proofs_numeric/claim.hpp"
#include "theory/readout.hpp"

namespace sca::proofs {

/// re = expected and im = 0, component by component, in rational arithmetic.
bool equals(const std::vector<Complex<Rational>>& value, const std::vector<Rational>& expected);

/// factor * h.
std::vector<Rational> multiple(const Rational& factor, std::span<const Rational> token);

/// The first index in [0, t) for which `holds` is false, as a finding: exact, with that index as its witness.
Finding for_every_token(std::string statement, std::size_t t, const std::function<bool(std::size_t)>& holds);

/// Exact claims walk over all pairs of tokens in rational arithmetic, which is kept to moderate sizes.
bool exactly_checkable(const Instance& instance);

// Which instances a claim speaks of.
bool distinct_and_exact(const Instance& instance);
bool nonzero_tokens(const Instance& instance);
bool uniform_tokens(const Instance& instance);
bool nonuniform_tokens(const Instance& instance);

}  // namespace sca::proofs
