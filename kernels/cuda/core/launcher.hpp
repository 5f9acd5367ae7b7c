#pragma once

#include <array>
#include <cstdint>
#include <limits>

#include "kernels/cuda/core/arguments.hpp"
#include "kernels/cuda/runner.hpp"
#include "kernels/plugin.h"

namespace sca::kernels::cuda {

inline bool has_kernels_for(const sca_core_rules& rules, sca_dtype dtype) {
  return dtype != SCA_F64 && rules.inner_product_phase == 0 && rules.plain_summary == 0 &&
         rules.unnormalised == 0;
}

inline bool fits_a_grid(std::int64_t blocks) { return blocks <= std::numeric_limits<std::int32_t>::max(); }

/// Of one thread a number.
inline std::int64_t blocks_of(std::int64_t numbers) { return (numbers + core_threads - 1) / core_threads; }

/// Launches the core's kernels for one way of storing numbers.
class CoreLauncher {
 public:
  CoreLauncher(Launcher& launcher, sca_dtype dtype) : launcher_(launcher), dtype_(dtype) {}

  /// names: of the kernel for f32, bf16 and f16
  template <class Argument>
  void operator()(const std::array<const char*, 3>& names, std::int64_t blocks,
                  const Argument& argument) const {
    if (blocks == 0) return;
    const char* const name = names[dtype_ == SCA_F32 ? 0 : dtype_ == SCA_BF16 ? 1 : 2];
    launcher_.launch(
        {name, {static_cast<unsigned>(blocks), 1, 1}, core_threads, 0, &argument, sizeof argument});
  }

 private:
  Launcher& launcher_;
  sca_dtype dtype_;
};

}  // namespace sca::kernels::cuda
