#pragma once

#include <array>

#include "kernels/cuda/operators/arguments.hpp"
#include "kernels/cuda/runner.hpp"
#include "kernels/plugin.h"

namespace sca::kernels::cuda {

/// A kernel's names for f32, bf16 and f16.
using Names = std::array<const char*, 3>;

inline const char* name_for(sca_dtype dtype, const Names& names) {
  return names[dtype == SCA_F32 ? 0 : dtype == SCA_BF16 ? 1 : 2];
}

/// One launch, if there are blocks.
/// domain   as many blocks as a grid takes
template <class Argument>
void start(Launcher& launcher, const char* name, std::int64_t blocks, std::int32_t threads,
           const Argument& argument) {
  if (blocks == 0) return;
  launcher.launch({name,
                   {static_cast<unsigned>(blocks), 1, 1},
                   static_cast<unsigned>(threads),
                   0,
                   &argument,
                   sizeof argument});
}

/// Adds sums over blocks to a gradient.
inline void start_sums(Launcher& launcher, const PartsArguments& arguments) {
  if (arguments.count == 0) return;
  start(launcher, "sum_parts_f32", (arguments.columns + 31) / 32, PartsArguments::most_threads, arguments);
}

}  // namespace sca::kernels::cuda
