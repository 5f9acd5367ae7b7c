#include "bench/gate.hpp"

#include <array>

#include "bench/network/gate.hpp"
#include "evidence/kernels/property.hpp"

namespace sca::bench {
namespace {

constexpr std::uint64_t seed = 1;

std::array<evidence::CoreCase, 2> cases(const sca_core_shape& shape) {
  evidence::CoreCase wide;
  wide.config = {
      .K = 2, .Kq = 1, .M = static_cast<std::size_t>(shape.M), .H = static_cast<std::size_t>(shape.H)};
  wide.B = 2;
  wide.L = 35;
  wide.seed = seed;
  evidence::CoreCase narrow = wide;
  narrow.config.H = 3;
  narrow.B = 1;
  narrow.L = 1100;
  return {wide, narrow};
}

bool concerns(Operation operation, sca_operation tested) {
  switch (operation) {
    case Operation::forward: return tested == SCA_FORWARD;
    case Operation::step: return tested == SCA_STEP;
    case Operation::backward: return tested == SCA_BACKWARD;
    case Operation::training: return tested == SCA_FORWARD || tested == SCA_BACKWARD;
  }
  return false;
}

}  // namespace

Admission Gate::admit(Operation operation, const sca_core_kernel& kernel, const sca_core_shape& shape) {
  Admission result;
  for (const evidence::CoreCase& one : cases(shape)) {
    for (const evidence::kernels::Property& property : evidence::kernels::properties()) {
      if (!property.is_of_core() || !concerns(operation, property.operation)) continue;
      const evidence::kernels::Outcome found = evidence::kernels::check(property, &kernel, one, oracle_);
      if (!add(found, std::string(property.name), to_line(one), result)) return result;
    }
  }
  return concluded(std::move(result));
}

Admission Gate::admit(const kernels::Implementation<float>& by) {
  const auto [at, is_new] = networks_.try_emplace(std::pair<const void*, const void*>(by.operators, by.core));
  if (is_new) at->second = worse(operators_admission(*by.operators, oracle_), small_networks_admission(by));
  return at->second;
}

}  // namespace sca::bench
