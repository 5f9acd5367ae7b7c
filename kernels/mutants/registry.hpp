#pragma once

#include <span>

#include "kernels/plugin.h"

namespace sca::kernels {

/// A kernel with one mistake: the checker is checked by finding it.
struct Mutant {
  const sca_core_kernel* kernel;
  const char* name;     // KERNEL/MISTAKE, as serial/conjugate_dropped
  const char* mistake;  // in words
  bool is_race;         // between threads: it takes two CPUs to see it
};

std::span<const Mutant> mutants();

}  // namespace sca::kernels
