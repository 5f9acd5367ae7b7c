#include "kernels/cuda/ptx/type.hpp"

#include <array>
#include <utility>

namespace sca::kernels::cuda::ptx {
namespace {

constexpr std::array<std::pair<std::string_view, Type>, 19> names{{{"u8", Type::u8},
                                                                   {"s8", Type::s8},
                                                                   {"b8", Type::b8},
                                                                   {"u16", Type::u16},
                                                                   {"s16", Type::s16},
                                                                   {"b16", Type::b16},
                                                                   {"u32", Type::u32},
                                                                   {"s32", Type::s32},
                                                                   {"b32", Type::b32},
                                                                   {"u64", Type::u64},
                                                                   {"s64", Type::s64},
                                                                   {"b64", Type::b64},
                                                                   {"f16", Type::f16},
                                                                   {"bf16", Type::bf16},
                                                                   {"f16x2", Type::f16x2},
                                                                   {"bf16x2", Type::bf16x2},
                                                                   {"f32", Type::f32},
                                                                   {"f64", Type::f64},
                                                                   {"pred", Type::pred}}};

}  // namespace

Type type_named(std::string_view name) {
  for (const auto& [text, type] : names) {
    if (text == name) return type;
  }
  return Type::none;
}

int size_of(Type type) {
  switch (type) {
    case Type::u8:
    case Type::s8:
    case Type::b8:
    case Type::pred: return 1;
    case Type::u16:
    case Type::s16:
    case Type::b16:
    case Type::f16:
    case Type::bf16: return 2;
    case Type::u64:
    case Type::s64:
    case Type::b64:
    case Type::f64: return 8;
    default: return 4;
  }
}

bool is_signed(Type type) {
  return type == Type::s8 || type == Type::s16 || type == Type::s32 || type == Type::s64;
}

bool is_float(Type type) {
  return type == Type::f16 || type == Type::bf16 || type == Type::f32 || type == Type::f64;
}

U64 extended(U64 value, Type type) {
  const int unused = 64 - 8 * size_of(type);
  const U64 high = value << unused;
  return is_signed(type) ? static_cast<U64>(static_cast<S64>(high) >> unused) : high >> unused;
}

}  // namespace sca::kernels::cuda::ptx
