#include "bench/network/subject.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "kernels/registry.hpp"

namespace sca::bench {

std::string NetworkSubject::name() const {
  const std::string_view how(by.operators->name);  // PRECISION/HOW
  return fmt::format("{}/{}{}", to_string(operation), reads_bf16 ? "bf16" : "f32", how.substr(how.find('/')));
}

std::vector<kernels::Implementation<float>> implementations() {
  std::vector<kernels::Implementation<float>> result;
  const auto cores = kernels::core_kernels();
  for (const kernels::Operators<float>* table : kernels::f32_operators()) {
    const auto core = std::ranges::find(cores, std::string_view(table->name), &sca_core_kernel::name);
    if (core != cores.end()) result.push_back({table, *core, 1});
  }
  return result;
}

}  // namespace sca::bench
