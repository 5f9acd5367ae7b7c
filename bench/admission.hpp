#pragma once

#include <string>

#include "evidence/kernels/property.hpp"

namespace sca::bench {

/// Whether a kernel's speed may be told.
struct Admission {
  evidence::judge::Verdict verdict = evidence::judge::Verdict::skipped;
  double clearance = 0;   // the largest error / bound
  std::string what = {};  // why not

  bool is_granted() const { return verdict == evidence::judge::Verdict::pass; }
};

/// Takes a property's outcome on a case in. False: it is refused, and no more need be asked.
bool add(const evidence::kernels::Outcome& found, const std::string& property, const std::string& line,
         Admission& admission);

/// Once all were asked: a property may have nothing to say of a case; all of them together must.
Admission concluded(Admission admission);

/// Of both: what was refused, else the larger clearance.
Admission worse(const Admission& one, const Admission& other);

}  // namespace sca::bench
