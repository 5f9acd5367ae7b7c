#pragma once

#include <map>
#include <string>
#include <string_view>

#include "kernels/cuda/device/driver.hpp"
#include "kernels/cuda/runner.hpp"

namespace sca::kernels::cuda {

/// The kernels in the current context, as the driver has them.
class Module {
 public:
  /// image    PTX, which the driver compiles, or what nvcc made of it; ends with a zero
  /// errors   Fault
  explicit Module(std::string_view image);

  /// errors   Fault where there is none of that name
  DriverFunction function(const char* name);

 private:
  DriverModule module_ = nullptr;
  std::map<std::string, DriverFunction, std::less<>> functions_;
};

/// Launches on a stream of the current device, and does not wait.
class StreamLauncher final : public Launcher {
 public:
  /// domain   the module outlives this, and is of the stream's context
  StreamLauncher(Module& module, Stream stream) : module_(module), stream_(stream) {}

  void launch(const Launch& launch) override;

 private:
  Module& module_;
  Stream stream_;
};

}  // namespace sca::kernels::cuda
