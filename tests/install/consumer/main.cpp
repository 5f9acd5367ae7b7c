// What a project outside the repository writes: the same include lines as inside.
#include "reference/interval.hpp"
#include "theory/prefix.hpp"

int main() {
  const sca::Prefix<double> prefix = sca::uniform_prefix<double>({0.0, 3.0, 4.0, 0.0}, 2);
  const sca::Prefix<sca::Rational> exact =
      sca::prefix_cast<sca::Rational>(prefix, [](double x) { return sca::Rational(x); });
  return sca::total_weight(exact) == 1 && sca::sup_norm(prefix.token(1)) == 4.0 ? 0 : 1;
}
