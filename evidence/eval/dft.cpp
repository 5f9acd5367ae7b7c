#include "evidence/eval/exact.hpp"
#include "evidence/eval/kinds.hpp"
#include "theory/measures/cube.hpp"
#include "theory/measures/lattice.hpp"
#include "theory/readout.hpp"

namespace sca::evidence::eval {
namespace {

template <class Measure>
List exact_readout(const Prefix<Rational>& prefix, const Measure& measure, const Query<Rational>& query) {
  List result;
  for (const auto& z : readout(prefix, measure, query)) result.push_back(z.re);
  return result;
}

Value sufficient_points(const Prefix<Rational>& prefix) {
  Rational spread(0);
  for (std::size_t l = 0; l < prefix.d; ++l) {
    Rational low = prefix.token(0)[l];
    Rational high = low;
    for (std::size_t k = 1; k < prefix.t; ++k) {
      low = smaller(low, prefix.token(k)[l]);
      high = larger(high, prefix.token(k)[l]);
    }
    spread = larger(spread, Rational(high - low));
  }
  const Integer points = numerator(spread) + 1;
  // JSON's integers end at 2^63.
  return points < Integer(1'000'000'000'000'000'000L) ? Value(points.convert_to<long>())
                                                      : Value(points.str());
}

Object evaluate(const Prefix<Rational>& prefix, const Rational& points, std::size_t j) {
  const DftGrid<Rational> grid{points};
  const auto token = prefix.token(j);
  List aliased;
  const auto kernel = kernel_values(prefix, grid, token);
  for (std::size_t k = 0; k < prefix.t; ++k) {
    if (kernel[k] != 0) aliased.emplace_back(static_cast<long>(k));
  }
  return {{"aliased_indices", aliased},
          {"dft_theorem1", exact_readout(prefix, grid, theorem1_query(prefix, j))},
          {"dft_cor3_corrected", exact_readout(prefix, grid, corollary3_query(token))},
          {"dft_cor3_printed", exact_readout(prefix, grid, corollary3_printed_query(token))},
          {"dft_phi", function_readout(prefix, grid, weight_query(token)).re},
          {"torus_cor3_corrected", exact_readout(prefix, BohrMean<Rational>{}, corollary3_query(token))},
          {"N_min_all_exact", sufficient_points(prefix)}};
}

}  // namespace

Prepared prepare_dft(const Fields& input) {
  const Prefix<Rational> prefix = input.prefix();
  for (const Rational& x : prefix.tokens) {
    if (denominator(x) != 1) input.fail("tokens", "integers", in_quotes(x.str()));
  }
  const Rational points = input.positive("N");
  if (denominator(points) != 1) input.fail("N", "a positive integer", in_quotes(points.str()));
  const std::size_t j = input.index(prefix.t);
  const double size = static_cast<double>(prefix.t) * static_cast<double>(prefix.d);
  return {[=] { return evaluate(prefix, points, j); }, 10 * size};
}

}  // namespace sca::evidence::eval
