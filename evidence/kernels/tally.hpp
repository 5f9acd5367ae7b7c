#pragma once

#include <nlohmann/json.hpp>

#include <iosfwd>
#include <map>
#include <string>
#include <vector>

#include "evidence/kernels/bench.hpp"
#include "evidence/kernels/trial.hpp"

namespace sca::evidence::kernels {

/// A failure, with what was found.
struct Failure {
  Trial trial;
  Outcome outcome;
};

/// What was found of one property of one kernel over all cases.
struct Count {
  std::string kernel;
  const Property* property = nullptr;
  std::size_t cases = 0, failed = 0, vacuous = 0, skipped = 0;
  std::size_t tensors = 0, vacuous_tensors = 0, kinks = 0;
  double clearance = 0;  // the largest
  Case worst;            // the case it is of
  double seconds = 0;
  std::optional<Failure> smallest;  // of those that failed

  /// fail if it ever failed, pass if it ever passed; vacuous if nothing else was found; else skipped.
  judge::Verdict verdict() const;
};

/// Sums of results. The same cases in the same order give the same sums.
class Tally {
 public:
  void add(const Case& one, const Result& result);

  /// By property, then by kernel in the order in which they came.
  const std::vector<Count>& counts() const { return counts_; }
  /// The worst of all verdicts: fail, then vacuous.
  judge::Verdict verdict() const;

 private:
  std::vector<Count> counts_;
};

/// The command that shows a trial again.
std::string replay_command(const Trial& trial);

/// A row a count.
void print(std::ostream& out, const Tally& tally, bool colour);
/// What failed, and the command that shows it again.
std::string to_text(const Failure& failure);
nlohmann::ordered_json to_json(const Count& count);
nlohmann::ordered_json to_json(const Failure& failure);

}  // namespace sca::evidence::kernels
