#pragma once

#include <cstdio>
#include <cstdlib>

#include "tests/kernels/cuda/fiber/device.hpp"
#include "tests/kernels/cuda/fiber/planted.cuh"

namespace sca::kernels::cuda::test {

/// Runs one kernel with x of 64 numbers and y of as many, in both orders of threads; for a sanitizer to end.
inline int run_planted(const HostKernel& kernel, Grid grid, unsigned threads, int n) {
  for (const fiber::Order order : {fiber::Order::forward, fiber::Order::reverse}) {
    FiberRunner runner({&kernel, 1}, {order});
    Numbers<float> x(runner, 64, "x");
    Numbers<float> y(runner, 64, "y");
    x.set(sample);
    y.set([](int) { return 0.0F; });
    launch(runner, kernel.name, grid, threads, Planted{x.data(), y.data(), n});
    float sum = 0;
    for (int i = 0; i < 64; ++i) sum += y[i];
    if (sum > 1e30F) std::abort();  // MemorySanitizer looks at branches, and not at what is printed
    std::printf("%s: %g\n", kernel.name, static_cast<double>(sum));
  }
  return 0;
}

}  // namespace sca::kernels::cuda::test
