#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <tuple>
#include <vector>

#include "evidence/kernels/elementary.hpp"
#include "evidence/kernels/elementary_runs.hpp"

namespace sca::evidence::kernels {

/// |got - value| in units of sca_arithmetic.
template <class Function, class Real, class Number>
double units(const Number& value, Real got) {
  using std::abs;
  using Limits = std::numeric_limits<Real>;
  const Number epsilon = Limits::epsilon();  // 2 u
  // Infinity is right from halfway to the next power of two on.
  const bool overflows = Number(Limits::max()) * (1 + epsilon / 4) <= value;
  if (overflows && got == Limits::infinity()) return 0;
  if (!std::isfinite(got)) return std::numeric_limits<double>::infinity();
  const Number twice_unit =
      Function::is_absolute ? epsilon : Number(epsilon * abs(value) + Number(Limits::denorm_min()));
  return static_cast<double>(Number(2 * abs(Number(got) - value) / twice_unit));
}

/// Of equal errors that of the smallest argument, the positive one: the same one, whatever the order.
inline WorstError worse(const WorstError& one, const WorstError& other) {
  const auto rank = [](const WorstError& of) {
    return std::tuple(-of.units, std::abs(of.argument), std::signbit(of.argument));
  };
  return rank(other) < rank(one) ? other : one;
}

/// The largest error so far. Of what is met with a value that is near the exact one only, whatever comes as
/// close to the largest as both may be off is kept, and compared with MPFR in the end.
template <class Function, class Real>
class ErrorSearch {
 public:
  /// As much of a run as there is of x.
  void meet_run(std::size_t result, std::span<const Real> x, const std::vector<Real>& got, const Run& near) {
    std::size_t close = 0;
    for (std::size_t i = 0; i < x.size(); ++i) close += is_close(near[i], got[i]) ? 1 : 0;
    if (close == 0) return;
    for (std::size_t i = 0; i < x.size(); ++i)
      if (is_close(near[i], got[i]))
        meet({result, x[i], got[i]}, units<Function, Real, double>(near[i], got[i]));
  }
  void meet(Real x, Real got, const Exact& value) { settle(x, units<Function, Real>(value, got)); }
  WorstError worst() {
    for (const Seen& one : close_)
      settle(one.x, units<Function, Real>(Function::exactly(Exact(one.x))[one.result], one.got));
    close_.clear();
    return worst_;
  }

 private:
  struct Seen {
    std::size_t result;
    Real x, got;
  };
  // Of two errors that are computed in doubles, from values that are off by run_error: absolute and relative,
  // in units, with more than is needed for the roundings in `units`.
  static constexpr double margin = 4 * run_error / std::numeric_limits<Real>::epsilon();
  static constexpr std::size_t enough = 4096;

  /// What is so small is surely smaller than the error; finite, for of infinite ones the first is told.
  static constexpr double below(double error) {
    return std::min(error * (1 - margin) - margin, std::numeric_limits<double>::max());
  }

  /// Written so that a NaN is.
  bool is_close(double near, Real got) const {
    constexpr double epsilon = std::numeric_limits<Real>::epsilon();
    const double twice_unit =
        Function::is_absolute ? epsilon : epsilon * std::abs(near) + std::numeric_limits<Real>::denorm_min();
    return !(2 * std::abs(static_cast<double>(got) - near) <= far_below_ * twice_unit);
  }

  void meet(const Seen& one, double error) {
    if (error <= far_below_) return;
    if (below(error) > largest_) close_.clear();
    largest_ = std::max(largest_, error);
    far_below_ = below(largest_);
    if (std::isinf(error)) return settle(one.x, error);
    close_.push_back(one);
    if (close_.size() == enough) worst();
  }

  void settle(Real x, double error) { worst_ = worse(worst_, {error, static_cast<double>(x)}); }

  double largest_ = 0.25;  // less is not looked for
  double far_below_ = below(largest_);
  std::vector<Seen> close_;
  WorstError worst_;
};

}  // namespace sca::evidence::kernels
