#include "kernels/cuda/device/driver.hpp"

#include <optional>

#include "kernels/cuda/device/function.hpp"
#include "kernels/cuda/runner.hpp"

namespace sca::kernels::cuda {
namespace {

std::optional<Driver> loaded() {
  void* const library = dlopen("libcuda.so.1", RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return std::nullopt;
  Driver d{};
  const bool is_whole =
      find(library, "cuInit", d.initialise) && find(library, "cuDeviceGetCount", d.count_devices) &&
      find(library, "cuGetErrorString", d.name_error) &&
      find(library, "cuDevicePrimaryCtxRetain", d.retain_context) &&
      find(library, "cuCtxSetCurrent", d.set_context) &&
      find(library, "cuCtxGetCurrent", d.current_context) &&
      find(library, "cuModuleLoadData", d.load_module) &&
      find(library, "cuModuleGetFunction", d.find_function) &&
      find(library, "cuFuncSetAttribute", d.set_attribute) && find(library, "cuLaunchKernel", d.launch) &&
      find(library, "cuStreamSynchronize", d.synchronise) && find(library, "cuMemAlloc_v2", d.allocate) &&
      find(library, "cuMemFree_v2", d.release) && find(library, "cuMemsetD8_v2", d.fill) &&
      find(library, "cuMemcpyHtoD_v2", d.upload) && find(library, "cuMemcpyDtoH_v2", d.download);
  int devices = 0;
  if (!is_whole || d.initialise(0) != 0 || d.count_devices(&devices) != 0 || devices == 0)
    return std::nullopt;
  return d;
}

}  // namespace

const Driver* driver() {
  static const std::optional<Driver> one = loaded();
  return one ? &*one : nullptr;
}

void require(int result, const std::string& what) {
  if (result == 0) return;
  const char* word = nullptr;
  driver()->name_error(result, &word);
  throw Fault(what + ": " + (word == nullptr ? "CUDA error " + std::to_string(result) : word));
}

}  // namespace sca::kernels::cuda
