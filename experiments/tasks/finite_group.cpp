#include "experiments/tasks/finite_group.hpp"

#include <algorithm>
#include <numeric>

namespace sca::experiments::ablation {
namespace {

using Permutation = std::vector<std::size_t>;

bool is_even(const Permutation& permutation) {
  std::size_t inversions = 0;
  for (std::size_t i = 0; i < permutation.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) inversions += permutation[j] > permutation[i] ? 1 : 0;
  }
  return inversions % 2 == 0;
}

std::string images_of(const Permutation& permutation) {
  std::string text;
  for (const std::size_t image : permutation) text += std::to_string(image + 1);
  return text;
}

// In lexicographic order, so that the identity is the first.
FiniteGroup permutation_group(std::size_t n, bool only_even) {
  std::vector<Permutation> all;
  Permutation permutation(n);
  std::iota(permutation.begin(), permutation.end(), std::size_t{0});
  do {
    if (!only_even || is_even(permutation)) all.push_back(permutation);
  } while (std::ranges::next_permutation(permutation).found);

  FiniteGroup group;
  for (const Permutation& a : all) group.elements.push_back(images_of(a));
  for (const Permutation& a : all) {
    for (const Permutation& b : all) {
      Permutation ab;
      for (const std::size_t image : b) ab.push_back(a[image]);
      group.products.push_back(static_cast<std::size_t>(std::ranges::lower_bound(all, ab) - all.begin()));
    }
  }
  return group;
}

}  // namespace

FiniteGroup cyclic_group(std::size_t n) {
  FiniteGroup group;
  for (std::size_t a = 0; a < n; ++a) {
    group.elements.push_back(std::to_string(a));
    for (std::size_t b = 0; b < n; ++b) group.products.push_back((a + b) % n);
  }
  return group;
}

FiniteGroup symmetric_group(std::size_t n) { return permutation_group(n, false); }
FiniteGroup alternating_group(std::size_t n) { return permutation_group(n, true); }

FiniteGroup direct_product(const FiniteGroup& left, const FiniteGroup& right) {
  const std::size_t n = right.order();
  FiniteGroup group;
  for (std::size_t a = 0; a < left.order() * n; ++a) {
    group.elements.push_back(left.elements[a / n] + "/" + right.elements[a % n]);
    for (std::size_t b = 0; b < left.order() * n; ++b) {
      group.products.push_back(left.product(a / n, b / n) * n + right.product(a % n, b % n));
    }
  }
  return group;
}

}  // namespace sca::experiments::ablation
