#pragma once

#include "kernels/cuda/fiber/vectors.hpp"

// Who runs: written by the scheduler before a thread is resumed. Each OS thread has its own grid.
inline constinit thread_local uint3 threadIdx{0, 0, 0};
inline constinit thread_local uint3 blockIdx{0, 0, 0};
inline constinit thread_local dim3 blockDim{};
inline constinit thread_local dim3 gridDim{};

inline constexpr int warpSize = 32;
