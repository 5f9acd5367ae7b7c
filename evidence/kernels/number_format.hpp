#pragma once

#include <cstddef>
#include <string_view>

#include "kernels/plugin.h"
#include "reference/floating_point.hpp"

namespace sca::evidence::kernels {

/// A format that kernels store numbers in: its bits, known here without the kernels' help.
struct NumberFormat {
  sca_dtype dtype;
  std::string_view name;
  std::size_t bytes;
  reference::FloatingPoint arithmetic;

  /// The nearest number of the format, ties to even; the largest one for what would overflow.
  double nearest(double x) const;
  /// Writes x, which is a number of the format, an infinity or a NaN.
  void write(std::byte* to, double x) const;
  double read(const std::byte* from) const;
};

const NumberFormat& format_of(sca_dtype dtype);
/// What parameters and states are stored in: f64 for f64, else f32.
const NumberFormat& format_of_reals(sca_dtype dtype);

}  // namespace sca::evidence::kernels
