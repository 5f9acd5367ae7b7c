#include "bench/admission.hpp"

#include <algorithm>

namespace sca::bench {

bool add(const evidence::kernels::Outcome& found, const std::string& property, const std::string& line,
         Admission& admission) {
  admission.clearance = std::max(admission.clearance, found.clearance);
  if (found.verdict == evidence::judge::Verdict::skipped) return true;
  admission.verdict = found.verdict;
  admission.what = property + ": " + found.what + " (" + line + ")";
  return admission.is_granted();
}

Admission concluded(Admission admission) {
  admission.what = admission.is_granted() ? "" : "no property applies";
  return admission;
}

Admission worse(const Admission& one, const Admission& other) {
  if (!one.is_granted()) return one;
  return !other.is_granted() || other.clearance > one.clearance ? other : one;
}

}  // namespace sca::bench
