#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "evidence/verdict.hpp"
#include "reference/interval.hpp"

namespace sca::evidence {

/// One statement, decided on one instance.
struct Finding {
  std::string instance;
  std::string statement;
  Decision decision = Decision::unknown;
  /// Enclosure of the quantity that decides, decimal, rounded outwards; empty where the decision is exact.
  std::string lower;
  std::string upper;
  /// The bound's lower end where the statement is a bound.
  std::string bound;
  /// error / bound, rounded up; only for bounds.
  std::optional<double> clearance;
  /// What to look at: the tokens, the index, the value that refutes or proves.
  std::string witness;
  /// Working precision of the decision; 0 where it was exact.
  unsigned bits = 0;
};

using Findings = std::vector<Finding>;

/// value <= bound.
Finding at_most(std::string statement, const Interval& value, const Interval& bound);
/// value <= bound where the two may be equal, which no enclosure decides: agreement to `digits` decimal
/// digits counts as equality, and the clearance says 1.
Finding at_most_or_attained(std::string statement, const Interval& value, const Interval& bound, int digits);
/// value > bound.
Finding exceeds(std::string statement, const Interval& value, const Interval& bound);
/// value = expected, decided to `digits` significant decimal digits of `scale`: holds iff |value - expected|
/// is certainly at most scale * 10^-digits, fails iff the two are certainly apart. With an exact scalar use
/// `exactly`.
Finding equal_to(std::string statement, const Interval& value, const Interval& expected,
                 const Interval& scale, int digits);
/// A statement decided in exact arithmetic.
Finding exactly(std::string statement, bool holds, std::string witness = {});

/// Runs `check` at 64 bits and doubles the precision until nothing is unknown or `max_bits` is passed.
/// `check` must build every interval anew. The precision reaches the calling thread only.
Findings decide(unsigned max_bits, const std::function<Findings()>& check);

}  // namespace sca::evidence
