#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "kernels/plugin.h"

namespace sca::evidence::cuda {

/// Bytes of a stored number.
constexpr std::int64_t bytes_of(sca_dtype dtype) { return dtype == SCA_F64 ? 8 : dtype == SCA_F32 ? 4 : 2; }

/// "f32", "bf16" or "f16".
std::string_view name_of(sca_dtype dtype);

/// Numbers on the host, aligned to 16.
class Tensor {
 public:
  /// Drawn from the stream that the name says, in [low, high).
  /// domain   f32 or bf16
  Tensor(sca_dtype dtype, std::int64_t count, std::string_view name, float low = -1, float high = 1);

  void* data() { return memory_.data(); }
  std::size_t bytes() const { return bytes_; }

 private:
  struct alignas(16) Piece {
    std::byte bytes[16];
  };
  std::vector<Piece> memory_;
  std::size_t bytes_;
};

}  // namespace sca::evidence::cuda
