#include "kernels/cuda/operators/launches.hpp"
#include "kernels/cuda/operators/start.hpp"

namespace sca::kernels::cuda {
namespace {

constexpr Names mix_names{"mix_f32", "mix_bf16", "mix_f16"};
constexpr Names advance_names{"mix_advance_f32", "mix_advance_bf16", "mix_advance_f16"};
constexpr Names backward_names{"mix_backward_f32", "mix_backward_bf16", "mix_backward_f16"};

std::int64_t blocks_of(const MixShape& shape, sca_dtype dtype) {
  const std::int64_t channels = MixShape::groups * (dtype == SCA_F32 ? 4 : 8);
  return shape.B * shape.token_blocks() * ((shape.C + channels - 1) / channels);
}

std::int64_t weight_parts(const MixShape& shape) { return shape.B * shape.token_blocks(); }

}  // namespace

void mix(const MixArguments& arguments, sca_dtype dtype, Launcher& launcher) {
  const MixShape& s = arguments.shape;
  start(launcher, name_for(dtype, mix_names), blocks_of(s, dtype), MixShape::threads, arguments);
  if (arguments.state == nullptr || s.L == 0 || s.ck == 1) return;
  start(launcher, name_for(dtype, advance_names), (s.B * s.C + MixShape::threads - 1) / MixShape::threads,
        MixShape::threads, arguments);
}

std::size_t mix_backward_workspace(const MixShape& shape) {
  return static_cast<std::size_t>(weight_parts(shape) * shape.C * shape.ck) * sizeof(float);
}

void mix_backward(const MixBackwardArguments& arguments, float* weight_gradient, void* workspace,
                  sca_dtype dtype, Launcher& launcher) {
  const MixShape& s = arguments.shape;
  MixBackwardArguments a = arguments;
  a.weight_parts = static_cast<float*>(workspace);
  start(launcher, name_for(dtype, backward_names), blocks_of(s, dtype), MixShape::threads, a);
  start_sums(launcher, {weight_parts(s), s.C * s.ck, a.weight_parts, weight_gradient});
}

}  // namespace sca::kernels::cuda
