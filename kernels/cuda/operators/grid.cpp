#include <algorithm>

#include "kernels/cuda/operators/launches.hpp"
#include "kernels/cuda/operators/start.hpp"

namespace sca::kernels::cuda {
namespace {

/// Of one thread a channel and one a head, or several where a grid would not do.
template <class Argument>
void start_channels(const char* name, const Argument& a, Launcher& launcher) {
  const std::int64_t channels = a.shape.K * a.shape.H;
  const std::int64_t blocks = (channels + a.shape.K + Argument::most_threads - 1) / Argument::most_threads;
  start(launcher, name, std::min(blocks, std::int64_t{1} << 30), Argument::most_threads, a);
}

}  // namespace

void grid(const GridArguments& arguments, Launcher& launcher) {
  start_channels("grid_f32", arguments, launcher);
}

void grid_backward(const GridBackwardArguments& arguments, Launcher& launcher) {
  start_channels("grid_backward_f32", arguments, launcher);
}

}  // namespace sca::kernels::cuda
