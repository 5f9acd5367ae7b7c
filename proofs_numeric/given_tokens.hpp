#pragma once

#include <optional>
#include <string>

#include "evidence/input/tokens.hpp"
#include "proofs_numeric/instance.hpp"

namespace sca::proofs {

enum class Duplicates { merge, keep };

/// A prefix made of floating-point tokens, with what was found on the way.
struct GivenPrefix {
  Instance instance;
  std::size_t rows = 0;  // as given
  std::vector<std::vector<std::size_t>>
      repeats;  // groups of two rows or more that coincide, most copies first
};

/// Tokens (doubles are rationals, taken exactly) with weights, or 1/t where there are none. Merging gives
/// each distinct token the sum of its copies' weights, which leaves the law of X unchanged.
///
/// errors   InputError where t^2 d exceeds what pairwise certificates can do in reasonable time
GivenPrefix given_prefix(const evidence::TokenMatrix& tokens,
                         const std::optional<std::vector<double>>& weights, Duplicates duplicates);

/// The built-in real prefixes: the first words of Genesis as 8- and 64-dimensional vectors.
std::vector<evidence::TokenMatrix> genesis_prefixes();
/// Those words, one a row.
std::vector<std::string> genesis_words();

}  // namespace sca::proofs
