#include <algorithm>

#include "evidence/eval/exact.hpp"
#include "evidence/eval/kinds.hpp"
#include "theory/measures/cube.hpp"
#include "theory/retrieval.hpp"

namespace sca::evidence::eval {
namespace {

struct CubeCase {
  Prefix<Rational> prefix;
  Rational half_width;
  std::size_t j = 0;
  std::optional<Separation<Rational>> gaps;
};

// |t sum_{k != j} p_k h_k K_k|_2, without its large neighbour t p_j h_j.
Value retrieval_error(const CubeCase& c, const Prefix<Interval>& prefix, const CubeMean<Interval>& mean) {
  std::vector<Interval> error(prefix.d, Interval(0));
  const auto kernel = kernel_values(prefix, mean, prefix.token(c.j));
  for (std::size_t k = 0; k < prefix.t; ++k) {
    const Interval factor = k == c.j ? Interval(0) : Interval(kernel[k] * prefix.weights[k]);
    for (std::size_t a = 0; a < prefix.d; ++a) error[a] += factor * prefix.token(k)[a];
  }
  return Interval(Interval(prefix.t) * euclidean_norm(std::span<const Interval>(error)));
}

// A1 with the majorant in exact arithmetic.
Value near_bound(const CubeCase& c, const std::vector<Interval>& magnitudes) {
  Interval bound(0);
  for (std::size_t k = 0; k < c.prefix.t; ++k) {
    if (k == c.j) continue;
    const std::vector<Rational> x = difference(c.prefix.token(k), c.prefix.token(c.j));
    bound += magnitudes[k] * to_interval(cube_majorant<Rational>(x, c.half_width));
  }
  return bound;
}

Value far_bound(const CubeCase& c, const std::vector<Interval>& magnitudes) {
  if (!c.gaps) return Rational(0);  // an empty sum
  if (c.gaps->sup == 0) return undefined;
  Interval sum(0);
  for (std::size_t k = 0; k < c.prefix.t; ++k) {
    if (k != c.j) sum += magnitudes[k];
  }
  return Interval(sum * to_interval(cube_majorant_far(c.half_width, c.gaps->sup)));
}

Object evaluate(const CubeCase& c) {
  const Prefix<Interval> prefix = enclose(c.prefix);
  const Interval half_width = to_interval(c.half_width);
  const CubeMean<Interval> mean{half_width};
  const auto query = theorem1_query(prefix, c.j);
  const auto token = prefix.token(c.j);
  const auto value = [&](const auto& measure, const Query<Interval>& q) {
    return real_parts(readout(prefix, measure, q));
  };
  const std::vector<Interval> magnitudes = retrieval_magnitudes(prefix);
  return {{"literal", value(LebesgueCube<Interval>{half_width}, fourier_normalised(query, prefix.d))},
          {"bohr", value(mean, query)},
          {"bohr_error", retrieval_error(c, prefix, mean)},
          {"phi_readout", function_readout(prefix, mean, weight_query(token)).re},
          {"bohr_cor3_printed", value(mean, corollary3_printed_query(token))},
          {"bohr_cor3_corrected", value(mean, corollary3_query(token))},
          {"delta_inf", c.gaps ? Value(c.gaps->sup) : Value(undefined)},
          {"delta_2", c.gaps ? square_root(c.gaps->euclidean_squared) : Value(undefined)},
          {"D_inf", c.gaps ? Value(c.gaps->spread) : Value(undefined)},
          {"bound_A1", near_bound(c, magnitudes)},
          {"bound_A2", far_bound(c, magnitudes)}};
}

}  // namespace

Prepared prepare_cube(const Fields& input) {
  CubeCase c{input.prefix(), input.positive("T"), 0, {}};
  c.j = input.index(c.prefix.t);
  c.gaps = exact_separation(input, c.prefix);
  const double size = static_cast<double>(c.prefix.t) * static_cast<double>(c.prefix.d);
  return {[=] { return evaluate(c); }, 8 * size};
}

}  // namespace sca::evidence::eval
