#pragma once

#include <span>
#include <string>
#include <vector>

#include "bench/network/subject.hpp"
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

struct Selection {
  std::vector<Subject> subjects;
  std::vector<NetworkSubject> networks;

  std::vector<std::string> names() const;
};

/// Everything that there is, operation by operation: what the kernels have of the core, then the networks.
Selection everything(std::span<const sca_core_kernel* const> kernels,
                     const std::vector<kernels::Implementation<float>>& by);

/// Of it what fits one of the patterns, as `sca check` takes them.
/// errors   InputError for a pattern that fits none
Selection chosen(const Selection& all, const std::vector<std::string>& patterns);

/// What is timed: `chosen`, but without a pattern the core alone, and of networks the plain implementation
/// only by a pattern that has its name: a model of the paper's size takes it minutes.
Selection chosen_to_time(const Selection& all, const std::vector<std::string>& patterns);

}  // namespace sca::bench
