#pragma once

#include <algorithm>
#include <numeric>
#include <optional>
#include <utility>

#include "theory/prefix.hpp"

namespace sca {

/// How far apart the tokens of a prefix are; what every retrieval bound is made of.
///
/// domain   t >= 2 (there is no pair otherwise: `separation` returns nothing)
template <class Real>
struct Separation {
  Real sup;                // delta_inf: smallest pairwise sup distance
  Real euclidean_squared;  // delta_2 squared, so that rationals can hold it
  Real spread;             // D: largest pairwise sup distance
};

/// O(t^2 d).
template <class Real>
std::optional<Separation<Real>> separation(const Prefix<Real>& prefix) {
  std::optional<Separation<Real>> result;
  for (std::size_t j = 0; j < prefix.t; ++j) {
    for (std::size_t k = j + 1; k < prefix.t; ++k) {
      const std::vector<Real> x = difference(prefix.token(j), prefix.token(k));
      const Real sup = sup_norm<Real>(x);
      const Real squared = norm_squared<Real>(x);
      if (!result) {
        result = Separation<Real>{sup, squared, sup};
        continue;
      }
      result->sup = smaller(result->sup, sup);
      result->euclidean_squared = smaller(result->euclidean_squared, squared);
      result->spread = larger(result->spread, sup);
    }
  }
  return result;
}

/// Token indices in lexicographic order of the tokens, equal tokens in order of appearance.
/// domain   an ordered scalar (exact for double and rationals); O(t d log t)
template <class Real>
std::vector<std::size_t> lexicographic_order(const Prefix<Real>& prefix) {
  std::vector<std::size_t> order(prefix.t);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const auto x = prefix.token(a);
    const auto y = prefix.token(b);
    return std::lexicographical_compare(x.begin(), x.end(), y.begin(), y.end());
  });
  return order;
}

/// Groups of indices whose tokens coincide, groups and members in order of first appearance. The hypothesis
/// "pairwise distinct" of Theorem 1 holds iff every group has one member.
template <class Real>
std::vector<std::vector<std::size_t>> coincidences(const Prefix<Real>& prefix) {
  std::vector<std::vector<std::size_t>> groups;
  for (const std::size_t k : lexicographic_order(prefix)) {
    const auto same = [&](std::size_t j) { return std::ranges::equal(prefix.token(j), prefix.token(k)); };
    if (groups.empty() || !same(groups.back().front())) groups.emplace_back();
    groups.back().push_back(k);
  }
  std::ranges::sort(groups, {}, [](const auto& group) { return group.front(); });
  return groups;
}

/// One token a group, its weight the group's sum: the law of X is unchanged.
template <class Real>
Prefix<Real> merged(const Prefix<Real>& prefix) {
  Prefix<Real> result{0, prefix.d, {}, {}};
  for (const auto& group : coincidences(prefix)) {
    const auto token = prefix.token(group.front());
    result.tokens.insert(result.tokens.end(), token.begin(), token.end());
    Real weight(0);
    for (const std::size_t k : group) weight = weight + prefix.weights[k];
    result.weights.push_back(weight);
    ++result.t;
  }
  return result;
}

}  // namespace sca
