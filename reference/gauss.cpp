#include "reference/gauss.hpp"

#include <arb_fmpz_poly.h>
#include <arb_hypgeom.h>
#include <flint/fmpz_poly.h>

#include <algorithm>
#include <stdexcept>

#include "reference/arb.hpp"

namespace sca::reference {
namespace {

class IntegerPolynomial {
 public:
  IntegerPolynomial() { fmpz_poly_init(value_); }
  ~IntegerPolynomial() { fmpz_poly_clear(value_); }
  IntegerPolynomial(const IntegerPolynomial&) = delete;
  IntegerPolynomial& operator=(const IntegerPolynomial&) = delete;
  fmpz_poly_struct* get() { return value_; }
  slong degree() const { return fmpz_poly_degree(value_); }

 private:
  fmpz_poly_t value_;
};

// H_n(x) = x^(n mod 2) P(x^2): P has half the degree and its roots are the squares of H_n's positive ones.
void half_hermite(IntegerPolynomial& half, std::size_t n) {
  IntegerPolynomial full;
  fmpz_poly_hermite_h(full.get(), n);
  if (n % 2 != 0) fmpz_poly_shift_right(full.get(), full.get(), 1);
  fmpz_poly_deflate(half.get(), full.get(), 2);
}

// The roots of P, simple, real and positive, ascending, to `bits` relative bits.
std::vector<Interval> squared_roots(std::size_t n, slong bits) {
  IntegerPolynomial half;
  half_hermite(half, n);
  const slong count = half.degree();
  std::vector<Interval> squares;
  if (count == 0) return squares;
  acb_ptr roots = _acb_vec_init(count);
  arb_fmpz_poly_complex_roots(roots, half.get(), 0, bits);
  for (slong i = 0; i < count; ++i) squares.push_back(from_arb(acb_realref(roots + i)));
  _acb_vec_clear(roots, count);
  std::ranges::sort(squares, [](const Interval& a, const Interval& b) { return certainly_less(a, b); });
  return squares;
}

// 2^(n-1) n! / (n H_{n-1}(x))^2 with h_k = H_k / sqrt(2^k k!), by h_{k+1} = x sqrt(2/(k+1)) h_k -
// sqrt(k/(k+1)) h_{k-1}: the weight is 1 / (n h_{n-1}^2), and nothing overflows.
Interval hermite_weight(std::size_t n, const Interval& x) {
  Interval before(0);
  Interval h(1);
  for (std::size_t k = 0; k + 1 < n; ++k) {
    const Interval next(static_cast<unsigned long>(k + 1));
    const Interval after =
        x * sqrt(Interval(2) / next) * h - sqrt(Interval(static_cast<unsigned long>(k)) / next) * before;
    before = h;
    h = after;
  }
  return Interval(1) / (Interval(static_cast<unsigned long>(n)) * square(h));
}

// Rounds outwards to the precision at the time of the call.
Interval rounded(const Interval& x) {
  Interval result;
  mpfi_set(result.backend().data(), x.backend().data());
  return result;
}

void require_nodes(std::size_t n) {
  if (n == 0) throw std::invalid_argument("a quadrature rule needs n >= 1 nodes");
}

}  // namespace

QuadratureRule gauss_legendre(std::size_t n) {
  require_nodes(n);
  QuadratureRule rule;
  ArbNumber node;
  ArbNumber weight;
  const slong bits = static_cast<slong>(working_bits()) + 32;
  for (std::size_t k = n; k-- > 0;) {  // Arb counts the roots from the right
    arb_hypgeom_legendre_p_ui_root(node.get(), weight.get(), n, k, bits);
    rule.nodes.push_back(node.to_interval());
    rule.weights.push_back(weight.to_interval());
  }
  return rule;
}

QuadratureRule gauss_hermite(std::size_t n) {
  require_nodes(n);
  QuadratureRule wide;
  {
    // The recurrence in intervals loses at most a few bits a step, which the wider scope absorbs.
    const PrecisionScope scope(working_bits() + 64 + 4 * static_cast<unsigned>(n));
    const std::vector<Interval> squares = squared_roots(n, static_cast<slong>(working_bits()));
    std::vector<Interval> roots;
    for (std::size_t i = squares.size(); i-- > 0;) roots.push_back(-sqrt(squares[i]));
    if (n % 2 != 0) roots.emplace_back(0);
    for (const Interval& square : squares) roots.push_back(sqrt(square));
    for (const Interval& x : roots) {
      wide.nodes.push_back(x * sqrt(Interval(2)));
      wide.weights.push_back(hermite_weight(n, x));
    }
  }
  QuadratureRule rule;
  for (const Interval& x : wide.nodes) rule.nodes.push_back(rounded(x));
  for (const Interval& w : wide.weights) rule.weights.push_back(rounded(w));
  return rule;
}

}  // namespace sca::reference
