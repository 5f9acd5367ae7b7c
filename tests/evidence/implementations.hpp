#pragma once

#include <string_view>
#include <vector>

#include "kernels/network/network.hpp"
#include "kernels/registry.hpp"

namespace sca::evidence::networks::test {

using sca::kernels::Implementation;

inline const sca_core_kernel* core_called(std::string_view name) {
  for (const sca_core_kernel* one : sca::kernels::core_kernels()) {
    if (one->name == name) return one;
  }
  return nullptr;
}

inline Implementation<double> in_double() {
  return {sca::kernels::f64_operators()[0], core_called("f64/serial"), 1};
}

/// The plain and the widest operators, with the core kernels of the same names.
inline std::vector<Implementation<float>> in_float() {
  const auto all = sca::kernels::f32_operators();
  std::vector<Implementation<float>> both{{all.front(), core_called(all.front()->name), 1}};
  if (all.size() > 1) both.push_back({all.back(), core_called(all.back()->name), 2});
  return both;
}

}  // namespace sca::evidence::networks::test
