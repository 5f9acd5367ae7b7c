#pragma once

#include <string_view>

#include "kernels/cuda/ptx/bits.hpp"

namespace sca::kernels::cuda::ptx {

/// PTX's fundamental types. `none` is what no name means.
enum class Type {
  u8,
  s8,
  b8,
  u16,
  s16,
  b16,
  u32,
  s32,
  b32,
  u64,
  s64,
  b64,
  f16,
  bf16,
  f16x2,
  bf16x2,
  f32,
  f64,
  pred,
  none
};

/// Without its dot: "u32". Type::none if there is no such type.
Type type_named(std::string_view name);
/// Bytes in memory; a predicate, which never lies there, counts as one.
int size_of(Type type);
bool is_signed(Type type);
bool is_float(Type type);  // scalars only

/// value's low bits as `type` means them, as 64 bits: sign-extended if it is signed, zero-extended otherwise.
U64 extended(U64 value, Type type);

}  // namespace sca::kernels::cuda::ptx
