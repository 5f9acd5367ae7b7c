#include "kernels/cuda/core/backward.hpp"

#include <array>

#include "kernels/cuda/core/backward_arguments.hpp"
#include "kernels/cuda/core/launcher.hpp"

namespace sca::kernels::cuda {
namespace {

// With what core_backward_read has besides, 96 KiB.
constexpr std::size_t most_shared_bytes = std::size_t{62} << 10;

constexpr std::array totals_kernels{"core_totals_f32", "core_totals_bf16", "core_totals_f16"};
constexpr std::array carry_kernels{"core_carry_f32", "core_carry_bf16", "core_carry_f16"};
constexpr std::array read_kernels{"core_backward_read_f32", "core_backward_read_bf16",
                                  "core_backward_read_f16"};
constexpr std::array gradient_carry_kernels{"core_backward_carry_f32", "core_backward_carry_bf16",
                                            "core_backward_carry_f16"};
constexpr std::array return_kernels{"core_backward_return_f32", "core_backward_return_bf16",
                                    "core_backward_return_f16"};
constexpr std::array reduce_kernels{"core_backward_reduce", "core_backward_reduce", "core_backward_reduce"};

/// Numbers in a row from a workspace's begin, or from nothing, to see how many there are.
class Numbers {
 public:
  explicit Numbers(void* workspace) : first_(static_cast<float*>(workspace)) {}

  float* take(std::int64_t count) {
    float* const taken = first_ == nullptr ? nullptr : first_ + count_;
    count_ += count;
    return taken;
  }
  std::int64_t count() const { return count_; }

 private:
  float* first_;
  std::int64_t count_ = 0;
};

/// Sets all that is in the workspace.
void place(const sca_core_shape& shape, Numbers& numbers, BackwardArguments& a) {
  const std::int64_t heads = shape.B * chunks_of(shape.L) * shape.K;
  const std::int64_t width = shape.H * shape.M;
  for (ChunkStates* one : {&a.states, &a.gradients}) {
    one->re = numbers.take(heads * width);
    one->im = numbers.take(heads * width);
    one->weight = numbers.take(heads);
  }
  for (float** one : {&a.tokens.weight, &a.tokens.total, &a.tokens.by_total})
    *one = numbers.take(heads * chunk_tokens);
  a.parts = {numbers.take(heads * ParameterParts::width_of(width)), width};
}

BackwardArguments arguments(const sca_core_backward& call) {
  const auto reals = [](void* data) { return static_cast<float*>(data); };
  BackwardArguments a{call.in,
                      call.output_gradient,
                      call.key,
                      call.score,
                      call.query,
                      reals(call.theta),
                      reals(call.omega),
                      reals(call.rate),
                      reals(call.score_scale),
                      reals(call.score_bias),
                      reals(call.phase_scale),
                      {},
                      {},
                      {},
                      {},
                      Split::of(call.in.shape.H, call.in.shape.M)};
  Numbers numbers(call.workspace);
  place(call.in.shape, numbers, a);
  return a;
}

}  // namespace

std::size_t backward_workspace(const sca_core_shape& shape) {
  BackwardArguments none{};
  Numbers numbers(nullptr);
  place(shape, numbers, none);
  return static_cast<std::size_t>(numbers.count()) * sizeof(float);
}

int backward(const sca_core_backward& call, sca_dtype dtype, Launcher& launcher) {
  const sca_core_shape& shape = call.in.shape;
  if (!has_kernels_for(call.in.rules, dtype)) return 1;
  const std::int64_t chunks = chunks_of(shape.L);
  const std::int64_t heads = shape.B * shape.K;
  const std::int64_t width = shape.H * shape.M;
  const std::int64_t carry_blocks = heads * blocks_of(1 + 2 * width);
  const std::int64_t reduce_blocks = blocks_of(shape.K * ParameterParts::width_of(width));
  const auto shared_bytes =
      static_cast<std::size_t>(shape.K / shape.Kq * numbers_of_head_in_read) * sizeof(float);
  if (!fits_a_grid(heads * chunks) || !fits_a_grid(carry_blocks) || !fits_a_grid(reduce_blocks) ||
      shared_bytes > most_shared_bytes)
    return 1;

  const BackwardArguments a = arguments(call);
  const CoreLauncher launch(launcher, dtype);
  if (shape.B > 0 && chunks > 0) {
    const CoreArguments forth{call.in, {}, {}, a.states, a.split};
    launch(totals_kernels, heads * (chunks - 1), forth);
    launch(carry_kernels, carry_blocks, forth);
    launcher.launch({read_kernels[dtype - SCA_F32],
                     {static_cast<unsigned>(shape.B * shape.Kq * chunks), 1, 1},
                     core_threads,
                     shared_bytes,
                     &a,
                     sizeof a});
    launch(gradient_carry_kernels, carry_blocks, a);
    launch(return_kernels, heads * chunks, a);
  }
  launch(reduce_kernels, reduce_blocks, a);
  return 0;
}

}  // namespace sca::kernels::cuda
