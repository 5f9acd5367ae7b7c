#include "evidence/cuda/tensors.hpp"

#include <bit>
#include <cstring>

#include "evidence/hash.hpp"

namespace sca::evidence::cuda {

std::string_view name_of(sca_dtype dtype) {
  switch (dtype) {
    case SCA_F64: return "f64";
    case SCA_F32: return "f32";
    case SCA_BF16: return "bf16";
    case SCA_F16: return "f16";
  }
  return "unknown";
}

Tensor::Tensor(sca_dtype dtype, std::int64_t count, std::string_view name, float low, float high)
    : memory_((static_cast<std::size_t>(count * bytes_of(dtype)) + sizeof(Piece) - 1) / sizeof(Piece)),
      bytes_(static_cast<std::size_t>(count * bytes_of(dtype))) {
  const std::uint64_t stream = hashed(name);
  auto* to = static_cast<std::byte*>(data());
  for (std::int64_t i = 0; i < count; ++i) {
    const auto unit = static_cast<float>(signed_unit(1, stream, static_cast<std::uint64_t>(i)));
    const auto bits = std::bit_cast<std::uint32_t>(low + (high - low) * 0.5F * (unit + 1));
    const auto upper = static_cast<std::uint16_t>(bits >> 16U);  // a bfloat16, cut off
    if (dtype == SCA_F32)
      std::memcpy(to + 4 * i, &bits, 4);
    else
      std::memcpy(to + 2 * i, &upper, 2);
  }
}

}  // namespace sca::evidence::cuda
