#pragma once

#include <span>
#include <string>
#include <vector>

#include "bench/operation.hpp"
#include "kernels/plugin.h"

namespace sca::bench {

/// An operation of a kernel.
struct Subject {
  Operation operation;
  const sca_core_kernel* kernel;

  /// WHAT/PRECISION/HOW, as core_forward/f32/avx2.
  std::string name() const { return std::string(to_string(operation)) + "/" + kernel->name; }
};

/// The operations that the kernels have and whose names fit one of the patterns, as `sca check` takes them;
/// all of them where there is no pattern. Operation by operation.
///
/// errors   InputError for a pattern that fits none
std::vector<Subject> subjects(std::span<const sca_core_kernel* const> kernels,
                              const std::vector<std::string>& patterns);

}  // namespace sca::bench
