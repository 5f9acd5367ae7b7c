#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/eval/input.hpp"

namespace sca::evidence::eval {

enum class Match { agree, differ, missing, undecided };

std::string_view to_string(Match match);

/// One field of one case, ours against the file's. A vector, a matrix or a complex number is judged as a
/// whole.
struct FieldComparison {
  std::string id;     // of the case
  std::string field;  // "gauss.S_readout", "steps[1].R"
  Match match = Match::missing;
  /// Decimal digits of agreement, -log10(max |ours - theirs| / max |ours|); nothing where the two are equal.
  std::optional<double> agreement;
  /// Digits that both give: the most significant digits of a number of theirs, or ours if fewer.
  int given = 0;
  std::string detail;  // why, where that is not plain
};

/// Compares every field of the two documents of the same cases.
///
/// error    a number that is correctly rounded to n digits on both sides agrees to n - 1 digits at least:
///          that is what `agree` asks for; a bound "0e-N" of ours agrees with whatever lies below it
/// domain   `ours` from `evaluate(theirs, …)`; InputError where theirs has an output that is not an object
std::vector<FieldComparison> compare(const Json& ours, const Json& theirs, const std::string& file);

}  // namespace sca::evidence::eval
