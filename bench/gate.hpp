#pragma once

#include <string>

#include "bench/operation.hpp"
#include "evidence/kernels/property.hpp"
#include "reference/multiprecision.hpp"

namespace sca::bench {

/// Whether a kernel's speed may be told.
struct Admission {
  evidence::judge::Verdict verdict = evidence::judge::Verdict::skipped;
  double clearance = 0;  // the largest error / bound
  std::string what;      // why not

  bool is_granted() const { return verdict == evidence::judge::Verdict::pass; }
};

/// A number is printed only for a kernel that passes its check. All of an operation's properties, on two
/// small cases: one as wide as the calls that are timed and short, one narrow and long enough for tiles,
/// chunks and their tails.
class Gate {
 public:
  Admission admit(Operation operation, const sca_core_kernel& kernel, const sca_core_shape& shape);

 private:
  reference::DigitsScope digits_{34};  // those of `sca check`
  evidence::kernels::Oracle oracle_;
};

}  // namespace sca::bench
