#include "kernels/cuda/device/runner.hpp"

namespace sca::kernels::cuda {
namespace {

DeviceAddress address(const void* memory) { return reinterpret_cast<DeviceAddress>(memory); }

/// In the first GPU's own context, which the calling thread has from then on.
Module loaded(std::string_view image) {
  if (driver() == nullptr) throw Fault("there is no GPU, or no driver for it");
  DriverContext context = nullptr;
  require(driver()->retain_context(&context, 0), "taking the GPU");
  require(driver()->set_context(context), "taking the GPU");
  return Module(image);
}

}  // namespace

DeviceRunner::DeviceRunner(std::string_view image) : module_(loaded(image)) {}

void* DeviceRunner::allocate(std::size_t bytes, std::string_view name) {
  DeviceAddress memory = 0;
  require(driver()->allocate(&memory, bytes), "allocating " + std::string(name));
  // NaN in every format: what is read before it is written shows.
  require(driver()->fill(memory, 0xff, bytes), "filling " + std::string(name));
  return reinterpret_cast<void*>(memory);  // NOLINT(performance-no-int-to-ptr): to the driver it is a number
}

// Unchecked: after a kernel's fault every call fails, and the fault itself has been told.
void DeviceRunner::release(void* memory) { static_cast<void>(driver()->release(address(memory))); }

void DeviceRunner::upload(void* to, const void* from, std::size_t bytes) {
  require(driver()->upload(address(to), from, bytes), "an upload");
}

void DeviceRunner::download(void* to, const void* from, std::size_t bytes) const {
  require(driver()->download(to, address(from), bytes), "a download");
}

void DeviceRunner::launch(const Launch& launch) {
  StreamLauncher(module_, nullptr).launch(launch);
  require(driver()->synchronise(nullptr), std::string("kernel ") + launch.kernel);
}

}  // namespace sca::kernels::cuda
