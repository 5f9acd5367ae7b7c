#include "kernels/cuda/device/launcher.hpp"

namespace sca::kernels::cuda {
namespace {

// CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES
constexpr int dynamic_shared_attribute = 8;
constexpr std::size_t usual_shared_bytes = 48 * 1024;

}  // namespace

Module::Module(std::string_view image) {
  require(driver()->load_module(&module_, image.data()), "loading the kernels");
}

DriverFunction Module::function(const char* name) {
  if (const auto known = functions_.find(std::string_view(name)); known != functions_.end())
    return known->second;
  DriverFunction function = nullptr;
  require(driver()->find_function(&function, module_, name), std::string("looking for kernel ") + name);
  functions_.emplace(name, function);
  return function;
}

void StreamLauncher::launch(const Launch& launch) {
  const std::string what = std::string("launching kernel ") + launch.kernel;
  const DriverFunction function = module_.function(launch.kernel);
  if (launch.shared_bytes > usual_shared_bytes) {
    require(
        driver()->set_attribute(function, dynamic_shared_attribute, static_cast<int>(launch.shared_bytes)),
        what);
  }
  void* arguments[] = {const_cast<void*>(launch.argument)};
  require(driver()->launch(function, launch.grid.x, launch.grid.y, launch.grid.z, launch.threads, 1, 1,
                           static_cast<unsigned>(launch.shared_bytes), stream_, arguments, nullptr),
          what);
}

}  // namespace sca::kernels::cuda
