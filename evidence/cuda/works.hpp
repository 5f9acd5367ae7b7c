#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "kernels/cuda/runner.hpp"
#include "kernels/plugin.h"

namespace sca::evidence::cuda {

/// Bytes moved to those that must be, at most: more is a regression.
struct StatedRatios {
  double asked;          // by warps, request by request
  double cached = 1.25;  // each sector once a launch
};

/// A call of fixed sizes whose traffic is counted.
struct Work {
  std::string name;   // "core forward"
  std::string dtype;  // "f32"
  std::string shape;  // "B=1 L=128 K=16 Kq=16 H=64 M=2"
  std::int64_t tokens = 0;
  double least_bytes = 0;  // what must be read and written: every input once, every result once
  StatedRatios stated;
  std::function<void(sca::kernels::cuda::Runner&)> run;  // errors: Fault
};

/// The core's, as the released layer has it but for the number of heads.
/// heads    memory heads, and as many query heads
std::vector<Work> core_works(std::int64_t heads);
/// Of the released widths: the gated norm of a token's 2 K H numbers, its readouts' gates, the convolution.
std::vector<Work> operator_works();

/// Both, with the released number of heads.
std::vector<Work> works();

}  // namespace sca::evidence::cuda
