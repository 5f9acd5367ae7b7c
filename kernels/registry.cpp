#include "kernels/registry.hpp"

#include <array>
#include <vector>

#include "kernels/cpu/core/serial/kernels.hpp"
#include "kernels/cpu/core/simd/kernels.hpp"
#include "kernels/operators/fast/operators.hpp"
#include "kernels/operators/serial/operators.hpp"

namespace sca::kernels {
namespace {

std::vector<const sca_core_kernel*> runnable_cores() {
  std::vector<const sca_core_kernel*> all;
  for (const sca_core_kernel& kernel : serial::kernels()) all.push_back(&kernel);
  for (const sca_core_kernel* kernel : simd::kernels()) all.push_back(kernel);
  return all;
}

std::vector<const Operators<float>*> runnable_operators() {
  std::vector<const Operators<float>*> all{&serial::f32_operators()};
  for (const Operators<float>* table : fast::f32_operators()) all.push_back(table);
  return all;
}

}  // namespace

std::span<const sca_core_kernel* const> core_kernels() {
  static const std::vector<const sca_core_kernel*> all = runnable_cores();
  return all;
}

std::span<const Operators<float>* const> f32_operators() {
  static const std::vector<const Operators<float>*> all = runnable_operators();
  return all;
}

std::span<const Operators<double>* const> f64_operators() {
  static const std::array all{&serial::f64_operators()};
  return all;
}

}  // namespace sca::kernels
