#pragma once

#include <span>

#include "kernels/network/any_network.hpp"

namespace sca::kernels {

/// A kernel with one mistake: the checker is checked by finding it.
struct Mutant {
  const sca_core_kernel* kernel;      // of the core operator; or null, and
  const Operators<float>* operators;  // an implementation of the others
  const char* operation;              // of which this one is wrong
  const char* name;                   // KERNEL/MISTAKE, as serial/conjugate_dropped or norm/epsilon_missing
  const char* mistake;                // in words
  bool is_race;                       // between threads: it takes two CPUs to see it
  NetworkMaker network = nullptr;     // or of the network: right operators, put together wrongly
};

std::span<const Mutant> mutants();

/// Of the CUDA kernels, by what executes them. Those of PTX are mistakes that the values of fibers do not
/// show; none where there was no nvcc.
std::span<const Mutant> cuda_mutants_on_fibers();
std::span<const Mutant> cuda_mutants_of_ptx();

}  // namespace sca::kernels
