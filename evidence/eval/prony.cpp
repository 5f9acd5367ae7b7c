#include "theory/prony.hpp"

#include <cmath>

#include "evidence/eval/exact.hpp"
#include "evidence/eval/kinds.hpp"

namespace sca::evidence::eval {
namespace {

Object evaluate(const Prefix<Rational>& exact, const Rational& exact_spacing) {
  const Prefix<Interval> prefix = enclose(exact);
  const Interval spacing = to_interval(exact_spacing);
  const std::vector<Interval> norms = inverse_row_norms(prefix, spacing);
  std::vector<Interval> condition;
  for (std::size_t k = 0; k < prefix.t; ++k) condition.push_back(norms[k] / prefix.weights[k]);
  return {{"phi_samples", prony_samples(prefix, spacing, 2 * prefix.t)},
          {"row_norm_sq", norms},
          {"kappa_k", condition},
          {"B1_digits", prony_digits<Interval>(prefix, spacing, norms)},
          {"B2_digits", prony_digits<Interval>(prefix, spacing, inverse_row_norm_bounds(prefix, spacing))},
          {"hankel_absdet", hankel_determinant(prefix, spacing)}};
}

}  // namespace

Prepared prepare_prony(const Fields& input) {
  const std::vector<Rational> tokens = input.vector("tokens");
  Prefix<Rational> prefix = uniform_prefix(tokens, 1);
  prefix.weights = input.vector("weights", prefix.t);
  for (std::size_t k = 0; k < prefix.t; ++k) {
    const std::string where = "weights[" + std::to_string(k) + "]";
    if (prefix.weights[k] <= 0) input.fail(where, "a positive number", in_quotes(prefix.weights[k].str()));
  }
  for (const auto& group : coincidences(prefix)) {
    if (group.size() == 1) continue;
    input.fail("tokens[" + std::to_string(group[1]) + "]", "distinct tokens",
               "the same as tokens[" + std::to_string(group[0]) + "]");
  }
  const Rational spacing = input.positive("s");
  return {[=] { return evaluate(prefix, spacing); }, std::pow(static_cast<double>(prefix.t), 3)};
}

}  // namespace sca::evidence::eval
