#include "kernels/cuda/device/c/sca_cuda.h"

#include <string>

#include "kernels/cuda/core/backward.hpp"
#include "kernels/cuda/core/forward.hpp"
#include "kernels/cuda/device/c/guarded.hpp"
#include "kernels/cuda/device/place.hpp"
#include "kernels/cuda/host/kernels.hpp"

namespace sca::kernels::cuda {

std::string& last_error() {
  static thread_local std::string error;
  return error;
}

}  // namespace sca::kernels::cuda

namespace cuda = sca::kernels::cuda;

size_t sca_cuda_workspace_bytes(sca_operation operation, const sca_core_shape* shape) {
  return operation == SCA_BACKWARD ? cuda::backward_workspace(*shape) : cuda::forward_workspace(*shape);
}

int sca_cuda_core_forward(const sca_core_forward* call, sca_dtype dtype, sca_cuda_stream stream) {
  return cuda::guarded([&] {
    cuda::StreamLauncher launcher(cuda::module_here(), stream);
    return cuda::forward(*call, dtype, launcher);
  });
}

int sca_cuda_core_backward(const sca_core_backward* call, sca_dtype dtype, sca_cuda_stream stream) {
  return cuda::guarded([&] {
    cuda::StreamLauncher launcher(cuda::module_here(), stream);
    return cuda::backward(*call, dtype, launcher);
  });
}

const char* sca_cuda_error(void) { return cuda::last_error().c_str(); }

/// As a plugin: on host memory, so that sca can judge it.
const sca_plugin* sca_get_plugin(void) {
  static const std::vector<sca_core_kernel>& all = cuda::on_device().core;
  static const sca_plugin one{SCA_PLUGIN_VERSION, static_cast<int32_t>(all.size()), all.data()};
  return &one;
}
