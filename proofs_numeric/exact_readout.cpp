#include "proofs_numeric/exact_readout.hpp"

#include <fmt/format.h>

#include <utility>

namespace sca::proofs {

bool equals(const std::vector<Complex<Rational>>& value, const std::vector<Rational>& expected) {
  for (std::size_t a = 0; a < expected.size(); ++a) {
    if (value[a].re != expected[a] || value[a].im != 0) return false;
  }
  return true;
}

std::vector<Rational> multiple(const Rational& factor, std::span<const Rational> token) {
  std::vector<Rational> result;
  for (const Rational& component : token) result.push_back(factor * component);
  return result;
}

Finding for_every_token(std::string statement, std::size_t t, const std::function<bool(std::size_t)>& holds) {
  for (std::size_t j = 0; j < t; ++j) {
    if (!holds(j)) return evidence::exactly(std::move(statement), false, fmt::format("token {}", j));
  }
  return evidence::exactly(std::move(statement), true);
}

bool exactly_checkable(const Instance& instance) { return instance.prefix.t * instance.prefix.d <= 4096; }

bool distinct_and_exact(const Instance& instance) {
  return instance.distinct() && exactly_checkable(instance);
}

bool nonzero_tokens(const Instance& instance) {
  if (!distinct_and_exact(instance)) return false;
  for (std::size_t k = 0; k < instance.prefix.t; ++k) {
    if (sup_norm(instance.prefix.token(k)) == 0) return false;
  }
  return true;
}

bool uniform_tokens(const Instance& instance) { return distinct_and_exact(instance) && instance.uniform; }
bool nonuniform_tokens(const Instance& instance) { return distinct_and_exact(instance) && !instance.uniform; }

}  // namespace sca::proofs
