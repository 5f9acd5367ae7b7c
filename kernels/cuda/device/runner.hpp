#pragma once

#include "kernels/cuda/device/launcher.hpp"

namespace sca::kernels::cuda {

/// Executes on the first GPU.
class DeviceRunner final : public Runner {
 public:
  /// errors   Fault where there is no GPU
  explicit DeviceRunner(std::string_view image);

  void* allocate(std::size_t bytes, std::string_view name) override;
  void release(void* memory) override;
  void upload(void* to, const void* from, std::size_t bytes) override;
  void download(void* to, const void* from, std::size_t bytes) const override;
  void launch(const Launch& launch) override;

 private:
  Module module_;
};

}  // namespace sca::kernels::cuda
