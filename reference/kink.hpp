#pragma once

#include <optional>

namespace sca::reference {

/// Comparisons where a formula changes (a clamp's edge, softplus' switch, |x| at 0), for derivatives. A plain
/// scalar always knows; a bounded value may not.
template <class Real>
struct Kink {
  /// a < b, for the numbers and for whatever is computed for them; nothing where that is open.
  static std::optional<bool> less(const Real& a, const Real& b) { return a < b; }
  /// 1 where a < b and 0 elsewhere, or both within the error where that is open.
  static Real indicator(const Real& a, const Real& b) { return Real(a < b ? 1 : 0); }
};

}  // namespace sca::reference
