#include <algorithm>

#include "kernels/cuda/operators/launches.hpp"
#include "kernels/cuda/operators/start.hpp"

namespace sca::kernels::cuda {
namespace {

// Of the sigmoid and of the SiLU.
constexpr std::array<Names, 2> glu_names{Names{"glu_sigmoid_f32", "glu_sigmoid_bf16", "glu_sigmoid_f16"},
                                         Names{"glu_silu_f32", "glu_silu_bf16", "glu_silu_f16"}};
constexpr std::array<Names, 2> glu_backward_names{
    Names{"glu_sigmoid_backward_f32", "glu_sigmoid_backward_bf16", "glu_sigmoid_backward_f16"},
    Names{"glu_silu_backward_f32", "glu_silu_backward_bf16", "glu_silu_backward_f16"}};

/// Of one thread a group of a row, or several where a grid would not do.
template <class Argument>
void start_groups(const std::array<Names, 2>& names, const Argument& a, bool is_silu, sca_dtype dtype,
                  Launcher& launcher) {
  const std::int64_t size = dtype == SCA_F32 ? 4 : 8;
  const std::int64_t groups = a.rows * ((a.width + size - 1) / size);
  const std::int64_t blocks = (groups + Argument::most_threads - 1) / Argument::most_threads;
  start(launcher, name_for(dtype, names[is_silu ? 1 : 0]), std::min(blocks, std::int64_t{1} << 30),
        Argument::most_threads, a);
}

}  // namespace

void glu(const GluArguments& arguments, bool is_silu, sca_dtype dtype, Launcher& launcher) {
  start_groups(glu_names, arguments, is_silu, dtype, launcher);
}

void glu_backward(const GluBackwardArguments& arguments, bool is_silu, sca_dtype dtype, Launcher& launcher) {
  start_groups(glu_backward_names, arguments, is_silu, dtype, launcher);
}

}  // namespace sca::kernels::cuda
