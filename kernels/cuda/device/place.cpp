#include "kernels/cuda/device/place.hpp"

#include <map>
#include <mutex>

#include "kernels/cuda/host/kernels.hpp"

namespace sca::kernels::cuda {
namespace {

const CublasLt& library() {
  if (cublaslt() == nullptr) throw Fault("there is no cuBLASLt to multiply matrices with");
  return *cublaslt();
}

}  // namespace

Module& module_here() {
  static std::mutex mutex;
  static std::map<DriverContext, Module> modules;
  if (driver() == nullptr) throw Fault("there is no GPU, or no driver for it");
  DriverContext context = nullptr;
  require(driver()->current_context(&context), "asking for the current context");
  if (context == nullptr) throw Fault("the calling thread has no CUDA context");
  const std::scoped_lock lock(mutex);
  const auto known = modules.find(context);
  return known != modules.end() ? known->second
                                : modules.emplace(context, Module(device_image())).first->second;
}

// Unchecked: nothing could be done about it. What is still running may use the memory.
DeviceScratch::~DeviceScratch() {
  static_cast<void>(driver()->synchronise(stream_));
  if (memory_ != 0) static_cast<void>(driver()->release(memory_));
}

void* DeviceScratch::take(std::size_t bytes) {
  if (bytes > bytes_) {
    require(driver()->synchronise(stream_), "waiting for a workspace");
    if (memory_ != 0) require(driver()->release(memory_), "releasing a workspace");
    memory_ = 0;
    bytes_ = 0;
    require(driver()->allocate(&memory_, bytes), "allocating a workspace");
    bytes_ = bytes;
  }
  return reinterpret_cast<void*>(memory_);  // NOLINT(performance-no-int-to-ptr): to the driver it is a number
}

DevicePlace::DevicePlace(Stream stream)
    : launcher_(module_here(), stream), products_(library(), stream), scratch_(stream) {}

}  // namespace sca::kernels::cuda
