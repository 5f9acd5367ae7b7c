#pragma once

#include <functional>
#include <string>
#include <vector>

#include "evidence/kernels/subject.hpp"
#include "reference/multiprecision.hpp"

namespace sca::evidence::kernels {

/// As many as leave the reference's own errors far below every bound of float64.
inline constexpr unsigned reference_digits = 34;

/// Makes a thread's own subjects, over its own oracle.
using SubjectFactory = std::function<Subjects(Oracle&)>;

/// Which properties of which kernels.
using Wanted = std::function<bool(const Property& property, std::string_view kernel)>;

/// A property of a kernel on a case, and what came of it.
struct Result {
  std::string kernel;
  const Property* property = nullptr;
  Outcome outcome;
  double seconds = 0;
};

/// What one thread tries cases with: the reference's digits, expectations that its kernels share, the
/// kernels.
class Bench {
 public:
  explicit Bench(const SubjectFactory& make) : subjects_(make(oracle_)) {}

  /// Every wanted property of every kernel that the case is for and that has what the property needs.
  std::vector<Result> try_case(const Case& one, const Wanted& wanted);
  /// The property of the kernel called so.
  /// domain   there is one
  Outcome check(std::string_view kernel, const Property& property, const Case& one) {
    return subject(kernel).check(property, one);
  }

  const Subjects& subjects() const { return subjects_; }
  /// domain   there is one of that name
  Subject& subject(std::string_view kernel);

 private:
  reference::DigitsScope digits_{reference_digits};
  Oracle oracle_;
  Subjects subjects_;
};

}  // namespace sca::evidence::kernels
