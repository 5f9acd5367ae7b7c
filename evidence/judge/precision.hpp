#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "reference/floating_point.hpp"

namespace sca::evidence::judge {

/// A floating-point format that tensors are computed or stored in.
struct Precision {
  std::string_view name;
  reference::FloatingPoint format;
};

/// What is assumed of an implementation that declares nothing: arithmetic and square roots as IEEE 754 says,
/// and OpenCL's limits for the elementary functions: sin and cos within 4 ulp, exp within 3, log and log1p
/// within 3. PyTorch (SLEEF, 3.5 and 1 ulp) and CUDA's default functions keep them; CUDA's fast-math
/// intrinsics do not.
///
/// source   The OpenCL C Specification, "Relative Error as ULPs", full profile
constexpr reference::FloatingPoint undeclared(reference::FloatingPoint format) {
  format.arithmetic.trig_error = 4;  // for results in [-1, 1] an ulp is at most u, for others at most 2 u |x|
  format.exp_error = 6;
  format.log_error = 6;
  return format;
}

inline constexpr std::array precisions{
    Precision{"f64", undeclared(reference::binary64)}, Precision{"f32", undeclared(reference::binary32)},
    Precision{"bf16", undeclared(reference::bfloat16)}, Precision{"f16", undeclared(reference::binary16)}};

/// The precision called `name`; nothing if there is none.
inline const Precision* precision(std::string_view name) {
  for (const Precision& one : precisions) {
    if (one.name == name) return &one;
  }
  return nullptr;
}

/// A tensor's name without the suffix that states its precision: "out_bf16" is "out", computed in float32
/// and stored in bfloat16, as kernels with narrow storage and wide accumulation do.
struct StatedName {
  std::string base;
  const Precision* arithmetic = nullptr;  // null: not stated
  const Precision* storage = nullptr;
};

inline StatedName stated_name(const std::string& name) {
  const std::size_t at = name.rfind('_');
  if (at != std::string::npos) {
    const Precision* storage = precision(std::string_view(name).substr(at + 1));
    if (storage != nullptr) {
      const bool narrow = storage->name == "bf16" || storage->name == "f16";
      return {name.substr(0, at), narrow ? precision("f32") : storage, storage};
    }
  }
  return {name, nullptr, nullptr};
}

/// What a stored dtype rounds to: "<f4" is f32. Null for other dtypes, which hold whatever was computed.
inline const Precision* storage_of(std::string_view dtype) {
  if (dtype.ends_with("f8")) return precision("f64");
  if (dtype.ends_with("f4")) return precision("f32");
  if (dtype.ends_with("f2")) return precision("f16");
  if (dtype == "bf16") return precision("bf16");
  return nullptr;
}

}  // namespace sca::evidence::judge
