#include "evidence/kernels/number_format.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "evidence/input/elements.hpp"

namespace sca::evidence::kernels {
namespace {

constexpr std::array formats{NumberFormat{SCA_F64, "f64", 8, reference::binary64},
                             NumberFormat{SCA_F32, "f32", 4, reference::binary32},
                             NumberFormat{SCA_BF16, "bf16", 2, reference::bfloat16},
                             NumberFormat{SCA_F16, "f16", 2, reference::binary16}};

std::uint64_t half_bits(double x) {
  const std::uint64_t sign = std::signbit(x) ? 0x8000U : 0U;
  if (std::isnan(x)) return 0x7e00U;
  if (std::isinf(x)) return sign | 0x7c00U;
  int exponent = 0;
  const double fraction = std::frexp(std::abs(x), &exponent);
  if (x == 0 || exponent < -13) return sign | static_cast<std::uint64_t>(std::abs(x) * 0x1p24);
  return sign | static_cast<std::uint64_t>(exponent + 14) << 10U |
         static_cast<std::uint64_t>((2 * fraction - 1) * 1024);
}

std::uint64_t bits_of(sca_dtype dtype, double x) {
  switch (dtype) {
    case SCA_F64: return std::bit_cast<std::uint64_t>(x);
    case SCA_F32: return std::bit_cast<std::uint32_t>(static_cast<float>(x));
    case SCA_BF16: return std::bit_cast<std::uint32_t>(static_cast<float>(x)) >> 16U;
    case SCA_F16: return half_bits(x);
  }
  return 0;
}

}  // namespace

double NumberFormat::nearest(double x) const {
  if (x == 0 || !std::isfinite(x)) return x;
  const double unit = 2 * arithmetic.u();  // of the last place, for numbers in [1, 2)
  const double smallest = dtype == SCA_F64 ? 0x1p-1074 : 2 * arithmetic.underflow;
  int exponent = 0;
  std::frexp(x, &exponent);
  const double step = std::max(std::ldexp(unit, exponent - 1), smallest);
  return std::clamp(std::nearbyint(x / step) * step, -arithmetic.largest, arithmetic.largest);
}

void NumberFormat::write(std::byte* to, double x) const {
  const std::uint64_t bits = bits_of(dtype, x);
  static_assert(std::endian::native == std::endian::little);
  std::memcpy(to, &bits, bytes);
}

double NumberFormat::read(const std::byte* from) const {
  const ElementType type{dtype == SCA_BF16 ? 'b' : 'f', bytes, false};
  return *to_double(load_bits(reinterpret_cast<const char*>(from), type), type);
}

const NumberFormat& format_of(sca_dtype dtype) {
  return *std::ranges::find(formats, dtype, &NumberFormat::dtype);
}

const NumberFormat& format_of_reals(sca_dtype dtype) {
  return format_of(dtype == SCA_F64 ? SCA_F64 : SCA_F32);
}

}  // namespace sca::evidence::kernels
