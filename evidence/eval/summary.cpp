#include <algorithm>
#include <array>

#include "evidence/eval/exact.hpp"
#include "evidence/eval/kinds.hpp"
#include "theory/characteristic.hpp"

namespace sca::evidence::eval {
namespace {

List second_moments(const Prefix<Rational>& prefix) {
  List rows;
  for (std::size_t a = 0; a < prefix.d; ++a) {
    List row;
    for (std::size_t b = 0; b < prefix.d; ++b) row.push_back(moment<Rational>(prefix, std::array{a, b}));
    rows.emplace_back(std::move(row));
  }
  return rows;
}

// sum_k p_k h_ka^order for every axis a.
List diagonal_moments(const Prefix<Rational>& prefix, std::size_t order) {
  List result;
  for (std::size_t a = 0; a < prefix.d; ++a) {
    result.push_back(moment<Rational>(prefix, std::vector<std::size_t>(order, a)));
  }
  return result;
}

Object evaluate(const Prefix<Rational>& exact, const std::vector<Rational>& exact_theta) {
  const Prefix<Interval> prefix = enclose(exact);
  const std::vector<Interval> theta = enclose(exact_theta);
  // phi - Z is a difference of equals where every phase is 0: an interval could not say so.
  bool all_phases_zero = true;
  for (std::size_t k = 0; k < exact.t; ++k) {
    all_phases_zero &= dot(std::span<const Rational>(exact_theta), exact.token(k)) == 0;
  }
  const Value path =
      all_phases_zero ? Value(Complex<Rational>{}) : Value(path_integral<Interval>(prefix, theta));
  return {{"phi", characteristic_function<Interval>(prefix, theta)},
          {"S", gradient_summary<Interval>(prefix, theta)},
          {"Z", total_weight(exact)},
          {"moment1", diagonal_moments(exact, 1)},
          {"moment2", second_moments(exact)},
          {"moment3_diag", diagonal_moments(exact, 3)},
          {"moment5_diag", diagonal_moments(exact, 5)},
          {"path_integral", path},
          {"mean_square_S", mean_square_summary(exact)}};
}

}  // namespace

Prepared prepare_summary(const Fields& input) {
  const Prefix<Rational> prefix = input.prefix();
  const std::vector<Rational> theta = input.vector("theta", prefix.d);
  const double size = static_cast<double>(prefix.t) * static_cast<double>(prefix.d);
  return {[=] { return evaluate(prefix, theta); }, size * (4 + static_cast<double>(prefix.d))};
}

}  // namespace sca::evidence::eval
