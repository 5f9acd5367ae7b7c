#include "theory/prony.hpp"

#include "reference/linear_algebra.hpp"
#include "tests/reference/enclosure.hpp"

namespace sca {
namespace {

using test::expect_encloses;

Prefix<Interval> three_tokens() {
  Prefix<Interval> prefix{3, 1, {}, {}};
  for (const Rational& x : {Rational(-1, 3), Rational(1, 2), Rational(2)})
    prefix.tokens.push_back(to_interval(x));
  for (const Rational& p : {Rational(1, 5), Rational(2), Rational(1, 7)})
    prefix.weights.push_back(to_interval(p));
  return prefix;
}

TEST(Prony, RowNormsAreThoseOfTheInverseVandermondeMatrix) {
  const PrecisionScope scope(256);
  const auto prefix = three_tokens();
  const Interval spacing = to_interval(Rational(4, 5));
  reference::ComplexMatrix v(3, 3);
  for (std::size_t n = 0; n < 3; ++n) {
    for (std::size_t k = 0; k < 3; ++k) v(n, k) = expi(Interval(spacing * Interval(n) * prefix.tokens[k]));
  }
  const auto inverse = reference::inverse(v);
  ASSERT_TRUE(inverse);
  const auto norms = inverse_row_norms(prefix, spacing);
  const auto bounds = inverse_row_norm_bounds(prefix, spacing);
  for (std::size_t k = 0; k < 3; ++k) {
    Interval sum(0);
    for (std::size_t n = 0; n < 3; ++n) sum += norm((*inverse)(k, n));
    expect_encloses(norms[k], sum, 65);
    EXPECT_TRUE(certainly_less(norms[k], bounds[k]));
  }
}

TEST(Prony, HankelDeterminantOfTheSamples) {
  const PrecisionScope scope(256);
  const auto prefix = three_tokens();
  const Interval spacing = to_interval(Rational(4, 5));
  const auto samples = prony_samples(prefix, spacing, 6);
  reference::ComplexMatrix hankel(3, 3);
  for (std::size_t a = 0; a < 3; ++a) {
    for (std::size_t b = 0; b < 3; ++b) hankel(a, b) = samples[a + b];
  }
  expect_encloses(abs(reference::determinant(hankel)), hankel_determinant(prefix, spacing), 65);
}

TEST(Prony, OneTokenLosesOnlyItsWeight) {
  const PrecisionScope scope(256);
  const Prefix<Interval> prefix{1, 1, {Interval(3)}, {Interval(2)}};
  const auto norms = inverse_row_norms(prefix, Interval(1));
  expect_encloses(norms[0], Interval(1), 70);
  expect_encloses(prony_digits<Interval>(prefix, Interval(1), norms), Interval(0), 70);
}

}  // namespace
}  // namespace sca
