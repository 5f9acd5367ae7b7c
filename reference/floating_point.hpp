#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "theory/rounding.hpp"

namespace sca::reference {

/// What a floating-point evaluation declares of itself: `Arithmetic`, and what the statements of
/// theory/rounding.hpp leave out. Round to nearest, gradual underflow.
///
/// domain   fl(x op y) is within u |x op y| of x op y, for * and / plus `underflow`; sqrt likewise. sin
///          and cos are within arithmetic.trig_error u; exp, log and log1p within exp_error or log_error
///          times (u |f| + underflow). A bound is infinite from `largest` on.
/// error    all of it for arguments that are floats: a bound carries their errors separately
struct FloatingPoint {
  Arithmetic<double> arithmetic;
  double exp_error;
  double log_error;
  double underflow;  ///< at least half the smallest subnormal
  double largest;    ///< largest finite number
  /// Longest chain of additions that one term passes through, nested sums taken as one. Without it every
  /// order and every tree of additions is covered.
  std::optional<std::size_t> sum_depth = std::nullopt;

  double u() const { return arithmetic.unit_roundoff; }
};

// One unit in the last place for the elementary functions: what glibc and SLEEF's u10 functions promise. In
// [-1, 1] such a unit is at most u, for other values at most 2 u of the value.
inline constexpr FloatingPoint binary64{{0x1p-53, 1}, 2, 2, 0x1p-1074, 0x1.fffffffffffffp1023};
inline constexpr FloatingPoint binary32{{0x1p-24, 1}, 2, 2, 0x1p-150, 0x1.fffffep127};
inline constexpr FloatingPoint bfloat16{{0x1p-8, 1}, 2, 2, 0x1p-134, 0x1.fep127};
inline constexpr FloatingPoint binary16{{0x1p-11, 1}, 2, 2, 0x1p-25, 65504};

/// Sets the evaluation that this thread's bounded values are bounded for, until the scope ends; binary64
/// outside of all scopes. Values of different evaluations may meet: each operation is charged to the one in
/// force.
class FloatingPointScope {
 public:
  explicit FloatingPointScope(const FloatingPoint& evaluation) : saved_(in_force) {
    in_force = {evaluation, ++made, 0};
  }
  ~FloatingPointScope() { in_force = saved_; }
  FloatingPointScope(const FloatingPointScope&) = delete;
  FloatingPointScope& operator=(const FloatingPointScope&) = delete;

  static const FloatingPoint& current() { return in_force.evaluation; }
  /// Tells scopes apart, over all threads.
  static std::uint64_t id() { return in_force.id; }
  /// Comparisons since the scope in force began whose outcome rounding may turn.
  static std::size_t open_comparisons() { return in_force.open_comparisons; }
  static void count_open_comparison() { ++in_force.open_comparisons; }

 private:
  struct Current {
    FloatingPoint evaluation;
    std::uint64_t id;
    std::size_t open_comparisons;
  };
  static thread_local inline constinit Current in_force{binary64, 0, 0};
  static inline std::atomic<std::uint64_t> made{0};
  Current saved_;
};

}  // namespace sca::reference
