#include "experiments/quadrature/prefixes.hpp"

#include <algorithm>
#include <cmath>

#include "experiments/random.hpp"
#include "theory/geometry.hpp"

namespace sca::experiments {
namespace {

Prefix<double> line_prefix(std::uint64_t seed) {
  constexpr std::size_t gaps = synthetic_tokens - 1;
  std::vector<double> gap;
  double total = 0;
  for (std::size_t i = 0; i < gaps; ++i) {
    gap.push_back(-std::log(unit(seed, i)));
    total += gap.back();
  }
  const double slack = synthetic_spread - static_cast<double>(gaps) * synthetic_separation;
  std::vector<double> tokens{-synthetic_spread / 2};
  for (const double g : gap) tokens.push_back(tokens.back() + synthetic_separation + slack * g / total);
  // Sums of gaps carry roundings: the ends are where they are meant to be.
  tokens.back() = synthetic_spread / 2;
  // A random token is the last one, i.e. the current one.
  std::swap(tokens[below(synthetic_tokens, seed, gaps)], tokens.back());
  return uniform_prefix(std::move(tokens), 1);
}

}  // namespace

Prefix<double> synthetic_prefix(std::size_t d, std::uint64_t seed) {
  if (d == 1) return line_prefix(seed);
  std::vector<double> tokens;
  for (std::size_t draw = 0; tokens.size() < synthetic_tokens * d; ++draw) {
    std::vector<double> one;
    for (std::size_t l = 0; l < d; ++l) one.push_back(synthetic_spread * (unit(seed, draw * d + l) - 0.5));
    bool apart = true;
    for (std::size_t k = 0; k < tokens.size() / d; ++k) {
      const std::span<const double> other(tokens.data() + k * d, d);
      apart = apart && sup_norm<double>(difference<double>(one, other)) >= synthetic_separation;
    }
    if (apart) tokens.insert(tokens.end(), one.begin(), one.end());
  }
  return uniform_prefix(std::move(tokens), d);
}

Prefix<double> file_prefix(const evidence::TokenMatrix& tokens, std::uint64_t seed) {
  const std::size_t rows = std::min(file_rows, tokens.rows);
  const std::size_t first = below(tokens.rows - rows + 1, seed, 0);
  const auto begin = tokens.values.begin() + static_cast<std::ptrdiff_t>(first * tokens.columns);
  return merged(
      uniform_prefix(std::vector<double>(begin, begin + static_cast<std::ptrdiff_t>(rows * tokens.columns)),
                     tokens.columns));
}

}  // namespace sca::experiments
