#include "evidence/eval/exact.hpp"
#include "evidence/eval/kinds.hpp"
#include "evidence/eval/least_squares.hpp"

#include <algorithm>

namespace sca::evidence::eval {
namespace {

struct FiniteCase {
  std::size_t t = 0;
  std::size_t points = 0;        // M
  std::vector<Rational> phases;  // <theta_m, h_k>, shape [t, M]
  std::vector<Rational> alpha;
};

Value determinant_size(const FiniteCase& c, const Reduction& reduction,
                       const std::vector<Complex<Interval>>& waves) {
  const bool singular = reduction.rows.member.size() < c.t || reduction.columns.member.size() < c.points;
  if (singular) return Rational(0);
  reference::ComplexMatrix a(c.t, c.points);
  a.entries = waves;
  return abs(determinant(a));
}

Value l1_norm(const LeastSquares& fit) {
  if (!fit.solution) return undecided;
  Interval sum(0);
  for (const auto& u : *fit.solution) sum += abs(u);
  return sum;
}

// (x_m, y_m) for every m.
Value pairs(const LeastSquares& fit) {
  if (!fit.solution) return undecided;
  List result;
  for (std::size_t c = 0; c + 1 < fit.solution->size(); c += 2) {
    result.emplace_back(List{(*fit.solution)[c].re, (*fit.solution)[c + 1].re});
  }
  return result;
}

Object evaluate(const FiniteCase& c) {
  std::vector<Complex<Interval>> waves;
  for (const Rational& phase : c.phases) waves.push_back(expi(to_interval(phase)));
  const Reduction complex = reduce_complex(c.phases, c.points);
  const LeastSquares fit = least_squares(
      complex, [&](std::size_t k, std::size_t m) { return waves[k * c.points + m]; }, c.alpha);
  const LeastSquares real = least_squares(
      reduce_real(c.phases, c.points),
      [&](std::size_t k, std::size_t column) {
        const Complex<Interval>& wave = waves[k * c.points + column / 2];
        return Complex<Interval>{column % 2 == 0 ? wave.re : Interval(-wave.im), Interval(0)};
      },
      c.alpha);
  Object result{{"singular_values", fit.singular_values},
                {"cond2", fit.condition},
                {"singular_values_real", real.singular_values},
                {"cond2_real", real.condition},
                {"lsq_residual_complex", fit.residual},
                {"lsq_residual_real", real.residual},
                {"weights_conj", fit.solution ? Value(*fit.solution) : Value(undecided)},
                {"weights_l1", l1_norm(fit)},
                {"weights_real", pairs(real)}};
  if (c.t == c.points) result.emplace_back("absdet", determinant_size(c, complex, waves));
  return result;
}

}  // namespace

Prepared prepare_finite_m(const Fields& input) {
  const Prefix<Rational> prefix = input.uniform();
  const auto theta = input.table("theta");
  if (theta[0].size() != prefix.d) {
    input.fail("theta", "rows of " + std::to_string(prefix.d) + " numbers, as in tokens",
               std::to_string(theta[0].size()));
  }
  FiniteCase c{prefix.t, theta.size(), {}, input.vector("alpha", prefix.t)};
  for (std::size_t k = 0; k < c.t; ++k) {
    for (const auto& node : theta) c.phases.push_back(dot(std::span<const Rational>(node), prefix.token(k)));
  }
  const auto small = static_cast<double>(std::min(c.t, 2 * c.points));
  const auto large = static_cast<double>(std::max(c.t, 2 * c.points));
  return {[=] { return evaluate(c); }, small * small * (0.5 * small + 0.3 * large) + small * large};
}

}  // namespace sca::evidence::eval
