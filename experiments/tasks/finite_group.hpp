#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sca::experiments::ablation {

/// By its multiplication table. Element 0 is the identity.
struct FiniteGroup {
  std::vector<std::string> elements;  // as a person reads them
  std::vector<std::size_t> products;  // [order, order]

  std::size_t order() const { return elements.size(); }
  std::size_t product(std::size_t a, std::size_t b) const { return products[a * order() + b]; }
};

FiniteGroup cyclic_group(std::size_t n);
/// Permutations of 1 ... n, named by their images ("213"); ab is b first, then a.
FiniteGroup symmetric_group(std::size_t n);
FiniteGroup alternating_group(std::size_t n);
FiniteGroup direct_product(const FiniteGroup& left, const FiniteGroup& right);

}  // namespace sca::experiments::ablation
