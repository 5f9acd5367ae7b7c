#pragma once

#include <cfenv>
#include <cmath>

#include "kernels/cuda/ptx/load/instruction.hpp"
#include "kernels/cuda/ptx/load/statement.hpp"

namespace sca::kernels::cuda::ptx {

/// This thread rounds so as long as it lives. Whatever uses it is compiled with -frounding-math.
class RoundingMode {
 public:
  explicit RoundingMode(Rounding rounding) : before_(std::fegetround()) { std::fesetround(native(rounding)); }
  ~RoundingMode() { std::fesetround(before_); }
  RoundingMode(const RoundingMode&) = delete;
  RoundingMode& operator=(const RoundingMode&) = delete;

 private:
  static int native(Rounding rounding) {
    switch (rounding) {
      case Rounding::zero: return FE_TOWARDZERO;
      case Rounding::down: return FE_DOWNWARD;
      case Rounding::up: return FE_UPWARD;
      default: return FE_TONEAREST;
    }
  }
  int before_;
};

/// .rn, .rz, .rm or .rp, if one of them is there.
inline bool take_rounding(Statement& statement, Rounding& rounding) {
  const int found = statement.take_any({"rn", "rz", "rm", "rp"});
  if (found >= 0) rounding = static_cast<Rounding>(found);
  return found >= 0;
}

/// A subnormal as a zero of its sign.
template <class T>
T flushed(T value) {
  return std::fpclassify(value) == FP_SUBNORMAL ? std::copysign(T{0}, value) : value;
}

/// To [0, 1]; NaN becomes zero.
template <class T>
T saturated(T value) {
  return value > T{0} ? (value < T{1} ? value : T{1}) : T{0};
}

/// Every NaN that single-precision arithmetic makes has the same bits.
inline float canonical(float value) { return std::isnan(value) ? from_bits<float>(0x7fffffff) : value; }
inline double canonical(double value) { return value; }

}  // namespace sca::kernels::cuda::ptx
