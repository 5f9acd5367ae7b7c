#pragma once

#include "kernels/cuda/host/mirror.hpp"
#include "kernels/cuda/host/products.hpp"
#include "kernels/cuda/host/runners.hpp"

namespace sca::kernels::cuda {

template <class Call>
std::uint64_t sizes_of(const Call& call) {
  if constexpr (requires { call.ck; })
    return static_cast<std::uint64_t>(call.B + 3 * call.L + 5 * call.C + 7 * call.ck);
  else if constexpr (requires { call.anchors; })
    return static_cast<std::uint64_t>(call.K + 3 * call.H + 5 * call.M + 7 * call.anchors);
  else if constexpr (requires { call.width; })
    return static_cast<std::uint64_t>(call.rows + 3 * call.width);
  else
    return 0;
}

/// A call on host memory: copied to a runner, made there, copied back.
/// errors   Fault
template <class Call>
void run_on(Runner& runner, const Call& call, sca_dtype storage) {
  Mirror copies(runner, storage);
  PlainProducts products(runner);
  Call mirrored = call;
  mirror(mirrored, copies);
  run(mirrored, {runner, products, copies, storage});
  copies.bring_back();
}

template <RunnerOf runner, sca_dtype storage>
struct OnRunner {
  template <class Call>
  static void call(const Call& made) {
    run_on(runner(sizes_of(made)), made, storage);
  }
};

/// The operators that are CUDA kernels alone, by the contract of kernels/operators/operators.hpp, on host
/// memory; those of parameters are null where activations are not float32.
template <RunnerOf runner, sca_dtype storage>
constexpr Operators<float> operators(const char* name) {
  Operators<float> all = kernel_operators<OnRunner<runner, storage>>(name);
  all.storage = storage;
  if (storage != SCA_F32) {
    all.grid = nullptr;
    all.grid_backward = nullptr;
    all.accumulate = nullptr;
  }
  return all;
}

}  // namespace sca::kernels::cuda
