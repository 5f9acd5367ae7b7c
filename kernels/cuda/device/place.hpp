#pragma once

#include "kernels/cuda/device/launcher.hpp"
#include "kernels/cuda/device/products.hpp"
#include "kernels/cuda/operators/calls.hpp"

namespace sca::kernels::cuda {

/// The kernels in the calling thread's CUDA context, loaded once for each.
/// errors   Fault without a GPU or a context
Module& module_here();

/// For calls on a stream. Grows to what is asked for, and waits for the stream before it does.
class DeviceScratch final : public Scratch {
 public:
  explicit DeviceScratch(Stream stream) : stream_(stream) {}
  ~DeviceScratch() override;

  void* take(std::size_t bytes) override;

 private:
  Stream stream_;
  DeviceAddress memory_ = 0;
  std::size_t bytes_ = 0;
};

/// A stream of the current device, as a place to call to:
///
///   const DevicePlace gpu(stream);
///   const Here here(gpu.place());
///   Layer<float>{sizes, rules, parameters, implementation_here()}.forward(...);
///
/// threads  one at a time
class DevicePlace {
 public:
  /// domain   the context that is current stays so whenever something is called
  /// errors   Fault without a GPU, a context or cuBLASLt
  explicit DevicePlace(Stream stream);

  const Place& place() const { return place_; }

 private:
  StreamLauncher launcher_;
  StreamProducts products_;
  DeviceScratch scratch_;
  Place place_{launcher_, products_, scratch_};
};

}  // namespace sca::kernels::cuda
