#pragma once

#include <array>
#include <boost/multiprecision/mpfr.hpp>
#include <cstddef>

namespace sca::evidence::kernels {

using Exact = boost::multiprecision::number<boost::multiprecision::mpfr_float_backend<30>>;

/// A run of consecutive floats is A + B_0, A + B_1, ..., and all runs of floats of one exponent share the
/// offsets B.
inline constexpr std::size_t run_length = 1024;
using Run = std::array<double, run_length>;

/// Elementary functions, exact and at whole runs: there MPFR gives f(A) and f(B), and an addition theorem the
/// rest in doubles. So every float is compared with what MPFR says, for a few products each.
///
/// shape    at: run[r] are the values of result r
/// error    exactly: MPFR's. at: run_error, absolute where a unit is, else relative: values of MPFR's,
/// rounded
///          to doubles, and the roundings of the addition theorem, together no more than four of 2^-53
inline constexpr double run_error = 0x1p-51;

/// sin and cos
class Trig {
 public:
  static constexpr std::size_t results = 2;
  static constexpr bool is_absolute = true;  // a unit is u, not u |f| + underflow
  static std::array<Exact, results> exactly(const Exact& x);

  explicit Trig(const Run& offsets);
  void at(double anchor, std::array<Run, results>& run) const;

 private:
  Run sine_, cosine_;
};

class Exponential {
 public:
  static constexpr std::size_t results = 1;
  static constexpr bool is_absolute = false;
  static std::array<Exact, results> exactly(const Exact& x);

  explicit Exponential(const Run& offsets);
  void at(double anchor, std::array<Run, results>& run) const;

 private:
  Run power_;
};

/// log(1 + x)
/// domain   x >= 0
class Logarithm {
 public:
  static constexpr std::size_t results = 1;
  static constexpr bool is_absolute = false;
  static std::array<Exact, results> exactly(const Exact& x);

  explicit Logarithm(const Run& offsets) : offsets_(offsets) {}
  void at(double anchor, std::array<Run, results>& run) const;

 private:
  Run offsets_;
};

}  // namespace sca::evidence::kernels
