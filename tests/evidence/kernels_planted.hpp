#pragma once

#include <algorithm>

#include "evidence/kernels/bench.hpp"
#include "kernels/registry.hpp"

namespace sca::evidence::kernels::test {

inline const sca_core_kernel& plain() {
  return **std::ranges::find(sca::kernels::core_kernels(), std::string_view("f32/serial"),
                             [](const sca_core_kernel* one) { return std::string_view(one->name); });
}

/// The plain kernel, and then the third channel of the second head is wrong at the sixth token.
inline int planted_forward(const sca_core_forward* call) {
  const int status = plain().forward(call);
  const sca_core_shape& shape = call->in.shape;
  if (status == 0 && shape.B > 0 && shape.L > 5 && shape.K > 1 && shape.H > 2)
    static_cast<float*>(call->output.data)[5 * call->output.token_stride + 2 * shape.H + 2] += 1;
  return status;
}

inline const sca_core_kernel& planted() {
  static const sca_core_kernel kernel{
      "f32/planted", SCA_F32, plain().arithmetic, plain().workspace_bytes, planted_forward, nullptr, nullptr};
  return kernel;
}

inline SubjectFactory subjects(const sca_core_kernel& kernel) {
  return [&kernel](Oracle& oracle) { return subjects_of(std::array{&kernel}, oracle); };
}

}  // namespace sca::evidence::kernels::test
