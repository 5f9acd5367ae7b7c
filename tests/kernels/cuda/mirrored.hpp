#pragma once

#include "kernels/cuda/host/core.hpp"
#include "kernels/cuda/host/operators.hpp"
#include "kernels/network/implementation.hpp"

namespace sca::kernels::cuda::test {

/// An SCA layer's calls on host memory, each copied to a runner, made there, copied back: so that a layer can
/// be judged as any other.
template <RunnerOf runner>
Implementation<float> mirrored() {
  static constexpr Operators<float> operators =
      layer_operators<OnRunner<runner, SCA_F32>>("f32/cuda/mirrored");
  static constexpr sca_core_kernel core = core_kernel<runner, SCA_F32>("f32/cuda/mirrored");
  return {&operators, &core, 1};
}

}  // namespace sca::kernels::cuda::test
