#include "kernels/cpu/core/serial/kernels.hpp"

#include <array>

#include "kernels/cpu/core/serial/kernel.hpp"

namespace sca::kernels::serial {
namespace {

constexpr std::array all{kernel<double>("f64/serial"), kernel<float>("f32/serial"),
                         kernel<BFloat16>("bf16/serial"), kernel<Float16>("f16/serial")};

}  // namespace

std::span<const sca_core_kernel> kernels() { return all; }

}  // namespace sca::kernels::serial
