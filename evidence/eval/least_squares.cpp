#include "evidence/eval/least_squares.hpp"

#include <algorithm>

namespace sca::evidence::eval {
namespace {

using reference::ComplexMatrix;
using Entry = std::function<Complex<Interval>(std::size_t, std::size_t)>;

Interval count(std::size_t n) { return Interval(static_cast<unsigned long>(n)); }

// C = sqrt(n_g m_c) times the representative's entry.
ComplexMatrix core_of(const Reduction& r, const Entry& entry) {
  ComplexMatrix core(r.rows.member.size(), r.columns.member.size());
  for (std::size_t g = 0; g < core.rows; ++g) {
    for (std::size_t c = 0; c < core.columns; ++c) {
      const std::size_t column = r.columns.member[c];
      const Interval scale = sqrt(count(r.rows.size[g] * r.columns.size[c]));
      const Interval sign(r.columns.sign[column]);
      core(g, c) = entry(r.rows.member[g], column) * Interval(scale * sign);
    }
  }
  return core;
}

// P^T alpha, and |alpha|^2 - |P^T alpha|^2: what equal rows with unequal alphas cost, exactly.
struct Projected {
  ComplexMatrix target;
  Rational within{0};
};

Projected project(const Reduction::Side& rows, const std::vector<Rational>& alpha) {
  std::vector<Rational> sum(rows.member.size(), Rational(0));
  Projected result{ComplexMatrix(rows.member.size(), 1)};
  for (std::size_t k = 0; k < alpha.size(); ++k) {
    sum[rows.group[k]] += alpha[k];
    result.within += square(alpha[k]);
  }
  for (std::size_t g = 0; g < sum.size(); ++g) {
    result.within -= square(sum[g]) / Rational(rows.size[g]);
    result.target(g, 0).re = to_interval(sum[g]) / sqrt(count(rows.size[g]));
  }
  return result;
}

// C^+ y for a core of full rank.
std::optional<ComplexMatrix> solve(const ComplexMatrix& core, const ComplexMatrix& target) {
  const ComplexMatrix star = adjoint(core);
  const bool wide = core.rows <= core.columns;
  const auto gram = inverse(wide ? product(core, star) : product(star, core));
  if (!gram) return std::nullopt;
  return wide ? product(star, product(*gram, target)) : product(*gram, product(star, target));
}

Value residual_norm(const ComplexMatrix& core, const ComplexMatrix& x, const Projected& projected) {
  if (core.rows <= core.columns && projected.within == 0) return exact_zero;
  Interval squared = to_interval(projected.within);
  if (core.rows > core.columns) {
    const ComplexMatrix image = product(core, x);
    for (std::size_t g = 0; g < core.rows; ++g) squared += norm(image(g, 0) - projected.target(g, 0));
  }
  return Interval(sqrt(squared));
}

std::vector<Complex<Interval>> spread_out(const Reduction::Side& columns, const ComplexMatrix& x) {
  std::vector<Complex<Interval>> u;
  for (std::size_t c = 0; c < columns.group.size(); ++c) {
    if (columns.sign[c] == 0) {
      u.emplace_back();
      continue;
    }
    const std::size_t group = columns.group[c];
    u.push_back(x(group, 0) * Interval(Interval(columns.sign[c]) / sqrt(count(columns.size[group]))));
  }
  return u;
}

}  // namespace

LeastSquares least_squares(const Reduction& reduction, const Entry& entry,
                           const std::vector<Rational>& alpha) {
  LeastSquares result;
  const ComplexMatrix core = core_of(reduction, entry);
  const std::size_t count = std::min(reduction.rows.group.size(), reduction.columns.group.size());
  const auto values = singular_values(core);
  if (!values) {
    result.singular_values.assign(count, Value(undecided));
    return result;
  }
  for (const Interval& x : *values) result.singular_values.emplace_back(x);
  const bool singular = values->size() < count;
  result.singular_values.resize(count, Value(Rational(0)));
  if (singular) result.condition = "inf";
  if (!certainly_less(Interval(0), values->back())) return result;
  if (!singular) result.condition = Interval(values->front() / values->back());
  const Projected projected = project(reduction.rows, alpha);
  const auto x = solve(core, projected.target);
  if (!x) return result;
  result.residual = residual_norm(core, *x, projected);
  result.solution = spread_out(reduction.columns, *x);
  return result;
}

}  // namespace sca::evidence::eval
