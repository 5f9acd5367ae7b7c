#include "kernels/cuda/host/kernels.hpp"

#include <string>

#include "embedded_ptx.hpp"
#include "kernels/cuda/fiber/kernels.hpp"
#include "kernels/cuda/host/core.hpp"
#include "kernels/cuda/host/operators.hpp"

namespace sca::kernels::cuda {
namespace {

/// What nvcc made for an architecture; nothing where there was no nvcc.
template <int architecture>
std::string_view ptx_text() {
  const std::string file = "/sm_" + std::to_string(architecture) + ".ptx";
  for (const std::string_view name : embedded_ptx_names())
    if (name.ends_with(file)) return embedded_ptx_text(name);
  return {};
}

template <RunnerOf runner>
void add(Executed& all, const char* f32, const char* bf16, const char* f16) {
  all.core.push_back(core_kernel<runner, SCA_F32>(f32));
  all.core.push_back(core_kernel<runner, SCA_BF16>(bf16));
  all.core.push_back(core_kernel<runner, SCA_F16>(f16));
  all.operators.push_back(operators<runner, SCA_F32>(f32));
  all.operators.push_back(operators<runner, SCA_BF16>(bf16));
  all.operators.push_back(operators<runner, SCA_F16>(f16));
}

Executed all_on_fibers() {
  Executed all;
  add<fiber_runner<host_kernels>>(all, "f32/cuda/fiber", "bf16/cuda/fiber", "f16/cuda/fiber");
  return all;
}

Executed all_of_ptx() {
  Executed all;
  if (ptx_text<80>().empty()) return all;
  add<ptx_runner<ptx_text<80>>>(all, "f32/cuda/sm_80", "bf16/cuda/sm_80", "f16/cuda/sm_80");
  add<ptx_runner<ptx_text<90>>>(all, "f32/cuda/sm_90", "bf16/cuda/sm_90", "f16/cuda/sm_90");
  add<ptx_runner<ptx_text<100>>>(all, "f32/cuda/sm_100", "bf16/cuda/sm_100", "f16/cuda/sm_100");
  return all;
}

Executed all_on_device() {
  Executed all;
  if (device_image().empty() || driver() == nullptr) return all;
  add<device_runner<device_image>>(all, "f32/cuda/device", "bf16/cuda/device", "f16/cuda/device");
  return all;
}

}  // namespace

std::string_view device_image() { return ptx_text<80>(); }

const Executed& on_fibers() {
  static const Executed all = all_on_fibers();
  return all;
}

const Executed& of_ptx() {
  static const Executed all = all_of_ptx();
  return all;
}

const Executed& on_device() {
  static const Executed all = all_on_device();
  return all;
}

}  // namespace sca::kernels::cuda
