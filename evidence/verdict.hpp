#pragma once

#include <string_view>

namespace sca::evidence {

/// What interval arithmetic can say of a statement. `unknown` asks for more precision; it is never a pass.
enum class Decision { holds, fails, unknown };

/// The verdicts of claims: `proved` (the quantifier as stated is covered: a finite case, an existence claim
/// with its witness, or a lemma of companion.md whose hypotheses are certified), `certified` (holds on the
/// instances named), `refuted` (with its witness), `undecided`.
enum class Verdict { proved, certified, refuted, undecided };

constexpr std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::proved: return "proved";
    case Verdict::certified: return "certified";
    case Verdict::refuted: return "refuted";
    case Verdict::undecided: return "undecided";
  }
  return "undecided";
}

constexpr std::string_view to_string(Decision decision) {
  switch (decision) {
    case Decision::holds: return "holds";
    case Decision::fails: return "fails";
    case Decision::unknown: return "unknown";
  }
  return "unknown";
}

}  // namespace sca::evidence
