#include "kernels/operators/fast/scratch.hpp"

#include <cstddef>
#include <vector>

namespace sca::kernels::fast {
namespace {

struct alignas(64) Line {
  float numbers[16];
};

}  // namespace

float* scratch(std::int64_t count) {
  thread_local std::vector<Line> lines;
  const std::size_t wanted = static_cast<std::size_t>(count) / 16 + 1;
  if (lines.size() < wanted) lines.resize(wanted);
  return lines.data()->numbers;
}

}  // namespace sca::kernels::fast
