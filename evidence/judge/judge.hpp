#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "evidence/judge/dump.hpp"
#include "evidence/judge/judgement.hpp"
#include "reference/dialect.hpp"

namespace sca::evidence::judge {

struct Settings {
  reference::Dialect dialect = reference::Dialect::released();
  bool against_double = false;
  unsigned digits = 34;          // of the reference
  double budget_seconds = 1800;  // a file that is expected to take longer is refused
  /// Of results that state none: one of `precisions`, or what their maker declares; null: f64 if any of them
  /// is <f8, else f32.
  const Precision* arithmetic = nullptr;
};

/// Where a failing file first parts from the reference.
struct Diagnosis {
  std::string step;  // "Step 2: weights", of the paper's six
  std::string reason;
};

struct Report {
  std::string file;
  std::vector<Judgement> judgements;
  std::vector<std::string> notes;  // what is odd without being wrong
  std::optional<Diagnosis> diagnosis;
  /// Of each arithmetic's recomputation: comparisons that rounding may turn; either side's value and gradient
  /// is accepted.
  std::map<std::string, std::size_t> kinks;

  bool any(Verdict verdict) const;
};

/// Recomputes whatever results `dump` has and judges each.
///
/// error    bounds are those of an evaluation in the stated arithmetic, any order of summation, from the
///          inputs as stored: reference/bounded.hpp. Where a bound over a whole composition says nothing,
///          stages are judged one by one from the file's own intermediates, as far as it has them.
/// errors   InputError for results of a wrong shape, and for more work than the budget
Report judge_dump(const Dump& dump, const Settings& settings);

}  // namespace sca::evidence::judge
