#include "kernels/cuda/core/forward.hpp"

#include <array>
#include <limits>

#include "kernels/cuda/core/arguments.hpp"
#include "kernels/cuda/core/launcher.hpp"

namespace sca::kernels::cuda {
namespace {

constexpr std::array totals{"core_totals_f32", "core_totals_bf16", "core_totals_f16"};
constexpr std::array carry{"core_carry_f32", "core_carry_bf16", "core_carry_f16"};
constexpr std::array readout{"core_readout_f32", "core_readout_bf16", "core_readout_f16"};

ChunkStates chunk_states(const sca_core_shape& shape, void* workspace) {
  const std::int64_t heads = shape.B * chunks_of(shape.L) * shape.K;
  const std::int64_t width = shape.H * shape.M;
  auto* const first = static_cast<float*>(workspace);
  return {first + 2 * heads * width, first, first + heads * width};
}

}  // namespace

std::size_t forward_workspace(const sca_core_shape& shape) {
  const std::int64_t chunks = chunks_of(shape.L);
  if (chunks < 2) return 0;
  return static_cast<std::size_t>(shape.B * chunks * shape.K * (1 + 2 * shape.H * shape.M)) * sizeof(float);
}

int forward(const sca_core_forward& call, sca_dtype dtype, Launcher& launcher) {
  const sca_core_shape& shape = call.in.shape;
  if (!has_kernels_for(call.in.rules, dtype)) return 1;
  const std::int64_t chunks = chunks_of(shape.L);
  const std::int64_t heads = shape.B * shape.K;
  const std::int64_t carry_blocks = heads * blocks_of(1 + 2 * shape.H * shape.M);
  if (!fits_a_grid(heads * chunks) || !fits_a_grid(carry_blocks)) return 1;

  CoreArguments a{call.in, call.output, {}, {}, Split::of(shape.H, shape.M)};
  if (call.state != nullptr) a.state = *call.state;
  const CoreLauncher launch(launcher, dtype);
  if (chunks > 1) {
    a.chunks = chunk_states(shape, call.workspace);
    launch(totals, heads * (chunks - 1), a);
    launch(carry, carry_blocks, a);
  }
  launch(readout, heads * chunks, a);  // none where there is no sequence, or no token
  if (call.state != nullptr) call.state->position += shape.L;
  return 0;
}

}  // namespace sca::kernels::cuda
