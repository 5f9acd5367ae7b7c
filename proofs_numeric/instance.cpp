#include "proofs_numeric/instance.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "evidence/hash.hpp"

namespace sca::proofs {
namespace {

/// Coordinates n/97 with |n| <= 200: no dyadic accidents, no cancellation by design.
std::vector<Rational> scattered(std::uint64_t seed, std::size_t t, std::size_t d, const Rational& scale) {
  std::vector<Rational> tokens;
  for (std::size_t i = 0; i < t * d; ++i) {
    const auto n = static_cast<long>(evidence::mixed(seed * 1000003 + i) % 401) - 200;
    tokens.push_back(Rational(n, 97) * scale);
  }
  return tokens;
}

Prefix<Rational> weighted(Prefix<Rational> prefix, std::vector<Rational> weights) {
  prefix.weights = std::move(weights);
  return prefix;
}

/// 10^0, 10^-1, …, then divided by their sum.
std::vector<Rational> geometric_weights(std::size_t t) {
  std::vector<Rational> weights;
  Rational total = 0;
  Rational p = 1;
  for (std::size_t k = 0; k < t; ++k, p /= 10) {
    weights.push_back(p);
    total += p;
  }
  for (Rational& weight : weights) weight /= total;
  return weights;
}

/// t distinct points of Z^d, filling a small box.
std::vector<Rational> lattice_points(std::size_t t, std::size_t d) {
  std::vector<Rational> tokens;
  std::size_t side = 1;
  const auto volume = [&] {
    std::size_t product = 1;
    for (std::size_t l = 0; l < d; ++l) product *= side;
    return product;
  };
  while (volume() < t) ++side;
  for (std::size_t k = 0; k < t; ++k) {
    std::size_t cell = k;
    for (std::size_t l = 0; l < d; ++l, cell /= side)
      tokens.emplace_back(static_cast<long>(cell % side) * 3 - 2);
  }
  return tokens;
}

/// The exact separation, in time O(t^2 d) of double arithmetic: pairs that double arithmetic cannot tell from
/// the extreme ones are measured exactly, the others not at all.
std::optional<Separation<Rational>> exact_separation(const Prefix<Rational>& prefix) {
  const auto approximate =
      prefix_cast<double>(prefix, [](const Rational& x) { return static_cast<double>(x); });
  const auto rough = separation(approximate);
  if (!rough) return std::nullopt;
  const double size = sup_norm<double>(approximate.tokens);
  // A coordinate difference is off by at most 4 u size, a squared norm by that times 3 d D and its own
  // roundings.
  const double slack = 0x1p-48 * size;
  const auto dimension = static_cast<double>(prefix.d);
  const double squared_slack = 0x1p-46 * dimension * (rough->spread + size) * (size + rough->spread);
  std::optional<Separation<Rational>> result;
  for (std::size_t j = 0; j < prefix.t; ++j) {
    for (std::size_t k = j + 1; k < prefix.t; ++k) {
      const auto x = difference(approximate.token(j), approximate.token(k));
      const double sup = sup_norm<double>(x);
      const bool extreme = sup <= rough->sup + 2 * slack || sup >= rough->spread - 2 * slack ||
                           norm_squared<double>(x) <= rough->euclidean_squared + 2 * squared_slack;
      if (!extreme) continue;
      const auto exact = difference(prefix.token(j), prefix.token(k));
      const Rational exact_sup = sup_norm<Rational>(exact);
      const Rational squared = norm_squared<Rational>(exact);
      if (!result) result = Separation<Rational>{exact_sup, squared, exact_sup};
      result->sup = smaller(result->sup, exact_sup);
      result->euclidean_squared = smaller(result->euclidean_squared, squared);
      result->spread = larger(result->spread, exact_sup);
    }
  }
  return result;
}

}  // namespace

Instance make_instance(std::string name, Prefix<Rational> prefix) {
  Instance instance;
  instance.name = std::move(name);
  instance.groups = coincidences(prefix);
  instance.gaps = exact_separation(prefix);
  instance.integer =
      std::ranges::all_of(prefix.tokens, [](const Rational& x) { return denominator(x) == 1; });
  const Rational equal(1, static_cast<long>(prefix.t));
  instance.uniform = std::ranges::all_of(prefix.weights, [&](const Rational& p) { return p == equal; });
  instance.prefix = std::move(prefix);
  return instance;
}

std::vector<Instance> builtin_instances() {
  std::vector<Instance> all;
  const auto add = [&](std::string name, Prefix<Rational> prefix) {
    all.push_back(make_instance(std::move(name), std::move(prefix)));
  };
  const auto uniform = [](std::vector<Rational> tokens, std::size_t d) {
    return uniform_prefix<Rational>(std::move(tokens), d);
  };
  add("one token, d=2", uniform({Rational(2, 3), Rational(-5, 7)}, 2));
  add("a pair, d=1", uniform({Rational(-1, 2), Rational(3, 4)}, 1));
  add("{-1,0,1}", uniform({-1, 0, 1}, 1));
  add("equispaced, d=1 t=24", uniform(lattice_points(24, 1), 1));
  const std::size_t sizes[] = {9, 16, 12, 24, 8, 33, 20, 64};
  for (std::size_t d = 1; d <= 8; ++d) {
    const std::size_t t = sizes[d - 1];
    add("scattered, d=" + std::to_string(d) + " t=" + std::to_string(t), uniform(scattered(d, t, d, 1), d));
  }
  add("near-coincident (1e-9), d=2",
      uniform({Rational(1, 3), Rational(2, 5), Rational("1000000003/3000000000"), Rational(2, 5), -1,
               Rational(1, 7)},
              2));
  add("norms near 1e6, d=3", uniform(scattered(21, 6, 3, 1000000), 3));
  add("norms near 1e-6, d=3", uniform(scattered(22, 6, 3, Rational(1, 1000000)), 3));
  add("norms 1e-6 to 1e6, d=1", uniform({Rational(1, 1000000), Rational(1, 1000), 1, 1000, -1000000}, 1));
  add("weights 1e-12 to 1, d=2", weighted(uniform(scattered(23, 13, 2, 1), 2), geometric_weights(13)));
  add("weights of sum 5/2, d=2",
      weighted(uniform(scattered(24, 5, 2, 1), 2), std::vector<Rational>(5, Rational(1, 2))));
  add("a zero token, d=3", weighted(uniform({0, 0, 0, 1, 2, Rational(-1, 2), Rational(3, 2), -1, 0}, 3),
                                    {Rational(1, 5), Rational(3, 10), Rational(1, 2)}));
  add("one axis differs, d=4", uniform({1, 2, 3, 4, 2, 2, 3, 4, 1, 3, 3, 4, 1, 2, 3, 5}, 4));
  add("repeated tokens, d=2",
      uniform({1, Rational(1, 2), 2, 0, 1, Rational(1, 2), -1, 1, 2, 0, 1, Rational(1, 2)}, 2));
  add("lattice, d=1 t=8", uniform(lattice_points(8, 1), 1));
  add("lattice, d=2 t=16", uniform(lattice_points(16, 2), 2));
  add("lattice, d=3 t=27", uniform(lattice_points(27, 3), 3));
  return all;
}

}  // namespace sca::proofs
