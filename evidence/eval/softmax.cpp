#include "evidence/eval/exact.hpp"
#include "evidence/eval/kinds.hpp"
#include "theory/attention.hpp"
#include "theory/measures/cube.hpp"
#include "theory/measures/gaussian.hpp"
#include "theory/monte_carlo.hpp"
#include "theory/readout.hpp"

namespace sca::evidence::eval {
namespace {

struct SoftmaxCase {
  Prefix<Rational> prefix;  // uniform weights
  std::vector<Rational> query;
  Rational scale, half_width, sigma_squared;
};

List single_token_variances(const Prefix<Rational>& prefix) {
  List result;
  for (std::size_t j = 0; j < prefix.t; ++j) result.push_back(one_hot_bohr_variance(prefix, j));
  return result;
}

// The gate replaces the weights; the window sits at xi = c q / sigma^2.
Object gated(const SoftmaxCase& c, Prefix<Interval> prefix) {
  prefix.weights = gaussian_gate(prefix, to_interval(c.sigma_squared));
  const std::vector<Interval> probe = enclose(gaussian_probe<Rational>(c.query, c.scale, c.sigma_squared));
  const std::span<const Interval> x(probe);
  const Gaussian<Interval> window{sqrt(to_interval(c.sigma_squared))};
  const std::vector<Interval> numerator = real_parts(readout(prefix, window, corollary3_query(x)));
  const Interval denominator = function_readout(prefix, window, weight_query(x)).re;
  std::vector<Interval> ratio;
  for (const Interval& n : numerator) ratio.push_back(n / denominator);
  return {{"gate_weights", prefix.weights},
          {"gate_Z", total_weight(prefix)},
          {"gate_numerator", numerator},
          {"gate_denominator", denominator},
          {"gate_ratio", ratio}};
}

Object evaluate(const SoftmaxCase& c) {
  const Prefix<Interval> prefix = enclose(c.prefix);
  const std::vector<Interval> alpha =
      attention_weights<Interval>(prefix, enclose(c.query), to_interval(c.scale));
  const std::vector<Interval> output = mixture<Interval>(prefix, alpha);
  const CubeMean<Interval> mean{to_interval(c.half_width)};
  const std::vector<Interval> composite =
      real_parts(readout(prefix, mean, composite_query<Interval>(prefix, alpha)));
  const std::vector<Interval> miss = difference<Interval>(composite, output);
  Object result{
      {"alpha", alpha},
      {"attention_out", output},
      {"bohr_composite", composite},
      {"bohr_composite_error", c.prefix.t == 1 ? Value(Rational(0)) : euclidean_norm<Interval>(miss)}};
  for (auto& field : gated(c, prefix)) result.push_back(std::move(field));
  result.emplace_back("mc_var_T_inf_single", single_token_variances(c.prefix));
  return result;
}

}  // namespace

Prepared prepare_softmax(const Fields& input) {
  SoftmaxCase c{input.uniform(), {}, input.rational("scale"), input.positive("T"), input.positive("sigma2")};
  c.query = input.vector("query", c.prefix.d);
  const auto t = static_cast<double>(c.prefix.t);
  return {[=] { return evaluate(c); }, 2 * t * t * static_cast<double>(c.prefix.d)};
}

}  // namespace sca::evidence::eval
