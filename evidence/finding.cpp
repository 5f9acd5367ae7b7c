#include "evidence/finding.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace sca::evidence {
namespace {

constexpr int shown_digits = 6;
constexpr unsigned first_bits = 64;

Finding enclosed(std::string statement, const Interval& value) {
  Finding finding;
  finding.statement = std::move(statement);
  finding.lower = lower_decimal(value, shown_digits);
  finding.upper = upper_decimal(value, shown_digits);
  finding.bits = working_bits();
  return finding;
}

Decision decided(bool holds, bool fails) {
  if (holds) return Decision::holds;
  return fails ? Decision::fails : Decision::unknown;
}

}  // namespace

Finding at_most(std::string statement, const Interval& value, const Interval& bound) {
  Finding finding = enclosed(std::move(statement), value);
  finding.bound = lower_decimal(bound, shown_digits);
  finding.decision = decided(certainly_at_most(value, bound), certainly_less(bound, value));
  // 0 <= 0 is as clear as it can be; anything else over a bound that may be 0 has no ratio.
  if (is_exactly_zero(value)) {
    finding.clearance = 0;
  } else if (certainly_less(Interval(0), bound)) {
    finding.clearance = upper_double(magnitude(value) / bound);
  }
  return finding;
}

Finding at_most_or_attained(std::string statement, const Interval& value, const Interval& bound, int digits) {
  Finding finding = at_most(std::move(statement), value, bound);
  if (finding.decision == Decision::unknown) {
    finding.decision = equal_to({}, value, bound, bound, digits).decision;
    if (finding.decision == Decision::holds) finding.clearance = 1;
  }
  return finding;
}

Finding exceeds(std::string statement, const Interval& value, const Interval& bound) {
  Finding finding = enclosed(std::move(statement), value);
  finding.bound = upper_decimal(bound, shown_digits);
  finding.decision = decided(certainly_less(bound, value), certainly_at_most(value, bound));
  return finding;
}

Finding equal_to(std::string statement, const Interval& value, const Interval& expected,
                 const Interval& scale, int digits) {
  Finding finding = enclosed(std::move(statement), value);
  const Interval gap = magnitude(value - expected);
  const Interval allowed = scale / power(Interval(10), static_cast<std::size_t>(digits));
  finding.decision = decided(certainly_at_most(gap, allowed), certainly_disjoint(value, expected));
  return finding;
}

Finding exactly(std::string statement, bool holds, std::string witness) {
  Finding finding;
  finding.statement = std::move(statement);
  finding.decision = holds ? Decision::holds : Decision::fails;
  finding.witness = std::move(witness);
  return finding;
}

Findings decide(unsigned max_bits, const std::function<Findings()>& check) {
  for (unsigned bits = first_bits;; bits *= 2) {
    const PrecisionScope scope(std::min(bits, max_bits));
    Findings findings = check();
    const bool open = std::ranges::any_of(
        findings, [](const Finding& finding) { return finding.decision == Decision::unknown; });
    if (!open || bits >= max_bits) return findings;
  }
}

}  // namespace sca::evidence
