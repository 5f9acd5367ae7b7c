#include "evidence/eval/exact.hpp"
#include "evidence/eval/kinds.hpp"
#include "reference/linear_algebra.hpp"
#include "theory/measures/cube.hpp"
#include "theory/retrieval.hpp"

namespace sca::evidence::eval {
namespace {

struct GramCase {
  Prefix<Rational> prefix;  // distinct tokens
  std::vector<std::size_t> copies;
  Rational half_width;
  std::optional<Separation<Rational>> gaps;  // of the tokens as given
};

// sqrt(n_j n_k) G_jk over distinct tokens with n copies each: the Gram matrix of all tokens has its
// eigenvalues, and 0 for every further copy.
reference::ComplexMatrix gram_matrix(const GramCase& c) {
  const std::size_t t = c.prefix.t;
  reference::ComplexMatrix gram(t, t);
  for (std::size_t j = 0; j < t; ++j) {
    for (std::size_t k = 0; k <= j; ++k) {
      std::vector<Rational> scaled = difference(c.prefix.token(j), c.prefix.token(k));
      for (Rational& x : scaled) x *= c.half_width;
      const std::vector<Interval> x = enclose(scaled);
      const Interval copies = sqrt(Interval(c.copies[j] * c.copies[k]));
      gram(j, k).re = gram(k, j).re = copies * CubeMean<Interval>{Interval(1)}.transform(x);
    }
  }
  return gram;
}

Object evaluate(const GramCase& c) {
  Value low(undecided);
  Value high(undecided);
  if (const auto eigenvalues = reference::hermitian_eigenvalues(gram_matrix(c))) {
    const bool repeated = c.gaps && c.gaps->sup == 0;
    low = repeated ? Value(Rational(0)) : Value(eigenvalues->front());
    high = eigenvalues->back();
  }
  if (!c.gaps || c.gaps->sup == 0) {
    return {{"eig_min", low}, {"eig_max", high}, {"bound_low", undefined}, {"bound_high", undefined}};
  }
  const auto bounds = gram_bounds(c.prefix.d, to_interval(c.half_width), to_interval(c.gaps->sup));
  return {{"eig_min", low}, {"eig_max", high}, {"bound_low", bounds.low}, {"bound_high", bounds.high}};
}

}  // namespace

Prepared prepare_gram(const Fields& input) {
  const Prefix<Rational> all = input.uniform();
  const Rational half_width = input.positive("T");
  GramCase c{merged(all), {}, half_width, exact_separation(input, all)};
  for (const auto& group : coincidences(all)) c.copies.push_back(group.size());
  const auto t = static_cast<double>(c.prefix.t);
  return {[=] { return evaluate(c); }, t * t * (0.5 * t + static_cast<double>(c.prefix.d))};
}

}  // namespace sca::evidence::eval
