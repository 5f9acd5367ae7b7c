#include "kernels/cuda/device/c/sca_cuda_operators.h"

#include "kernels/cuda/device/c/guarded.hpp"
#include "kernels/cuda/device/place.hpp"
#include "kernels/cuda/operators/launches.hpp"

namespace cuda = sca::kernels::cuda;

namespace {

/// f launches.
template <class F>
int on_stream(sca_cuda_stream stream, F f) {
  return cuda::guarded([&] {
    cuda::StreamLauncher launcher(cuda::module_here(), stream);
    f(launcher);
    return 0;
  });
}

cuda::NormArguments norm_arguments(int64_t rows, int64_t width, double epsilon, const void* x,
                                   const void* gate, const float* gain, void* y) {
  return {.rows = rows,
          .width = static_cast<int32_t>(width),
          .warps = 0,
          .epsilon = static_cast<float>(epsilon),
          .x = x,
          .gate = gate,
          .gain = gain,
          .y = y};
}

cuda::Gate gate_of(int is_after) { return is_after != 0 ? cuda::Gate::after : cuda::Gate::before; }

}  // namespace

int sca_cuda_mix(int64_t B, int64_t L, int64_t C, int64_t ck, const void* u, const float* weight, void* z,
                 void* state, sca_dtype dtype, sca_cuda_stream stream) {
  return on_stream(stream, [&](cuda::Launcher& launcher) {
    cuda::mix({.shape = {B, L, C, ck}, .u = u, .weight = weight, .z = z, .state = state}, dtype, launcher);
  });
}

int sca_cuda_mix_backward(int64_t B, int64_t L, int64_t C, int64_t ck, const void* u, const float* weight,
                          const void* z_gradient, void* u_gradient, float* weight_gradient, void* workspace,
                          sca_dtype dtype, sca_cuda_stream stream) {
  return on_stream(stream, [&](cuda::Launcher& launcher) {
    cuda::mix_backward({.shape = {B, L, C, ck},
                        .u = u,
                        .weight = weight,
                        .z_gradient = z_gradient,
                        .u_gradient = u_gradient,
                        .weight_parts = nullptr},
                       weight_gradient, workspace, dtype, launcher);
  });
}

size_t sca_cuda_mix_workspace_bytes(int64_t B, int64_t L, int64_t C, int64_t ck) {
  return cuda::mix_backward_workspace({B, L, C, ck});
}

int sca_cuda_gated_norm(int64_t rows, int64_t width, double epsilon, int gate_after, const void* o,
                        const void* gate, const float* gain, void* v, sca_dtype dtype,
                        sca_cuda_stream stream) {
  return on_stream(stream, [&](cuda::Launcher& launcher) {
    cuda::norm(norm_arguments(rows, width, epsilon, o, gate, gain, v), gate_of(gate_after), dtype, launcher);
  });
}

int sca_cuda_gated_norm_backward(int64_t rows, int64_t width, double epsilon, int gate_after, const void* o,
                                 const void* gate, const float* gain, const void* v_gradient,
                                 void* o_gradient, void* gate_gradient, float* gain_gradient, void* workspace,
                                 sca_dtype dtype, sca_cuda_stream stream) {
  return on_stream(stream, [&](cuda::Launcher& launcher) {
    cuda::norm_backward({.rows = rows,
                         .width = static_cast<int32_t>(width),
                         .warps = 0,
                         .epsilon = static_cast<float>(epsilon),
                         .adds = false,
                         .x = o,
                         .gate = gate,
                         .gain = gain,
                         .y_gradient = v_gradient,
                         .x_gradient = o_gradient,
                         .gate_gradient = gate_gradient,
                         .gain_parts = nullptr},
                        gate_of(gate_after), gain_gradient, workspace, dtype, launcher);
  });
}

int sca_cuda_norm(int64_t rows, int64_t width, double epsilon, const void* x, const float* gain, void* y,
                  sca_dtype dtype, sca_cuda_stream stream) {
  return on_stream(stream, [&](cuda::Launcher& launcher) {
    cuda::norm(norm_arguments(rows, width, epsilon, x, nullptr, gain, y), cuda::Gate::none, dtype, launcher);
  });
}

int sca_cuda_norm_backward(int64_t rows, int64_t width, double epsilon, const void* x, const float* gain,
                           const void* y_gradient, void* x_gradient, float* gain_gradient, int adds,
                           void* workspace, sca_dtype dtype, sca_cuda_stream stream) {
  return on_stream(stream, [&](cuda::Launcher& launcher) {
    cuda::norm_backward({.rows = rows,
                         .width = static_cast<int32_t>(width),
                         .warps = 0,
                         .epsilon = static_cast<float>(epsilon),
                         .adds = adds != 0,
                         .x = x,
                         .gate = nullptr,
                         .gain = gain,
                         .y_gradient = y_gradient,
                         .x_gradient = x_gradient,
                         .gate_gradient = nullptr,
                         .gain_parts = nullptr},
                        cuda::Gate::none, gain_gradient, workspace, dtype, launcher);
  });
}

size_t sca_cuda_norm_workspace_bytes(int64_t rows, int64_t width) {
  return cuda::norm_backward_workspace(rows, width);
}

int sca_cuda_glu(int64_t rows, int64_t width, int is_silu, const void* both, void* y, sca_dtype dtype,
                 sca_cuda_stream stream) {
  return on_stream(stream, [&](cuda::Launcher& launcher) {
    cuda::glu({.rows = rows, .width = width, .both = both, .y = y}, is_silu != 0, dtype, launcher);
  });
}

int sca_cuda_glu_backward(int64_t rows, int64_t width, int is_silu, const void* both, const void* y_gradient,
                          void* both_gradient, sca_dtype dtype, sca_cuda_stream stream) {
  return on_stream(stream, [&](cuda::Launcher& launcher) {
    cuda::glu_backward({.rows = rows,
                        .width = width,
                        .both = both,
                        .y_gradient = y_gradient,
                        .both_gradient = both_gradient},
                       is_silu != 0, dtype, launcher);
  });
}
