#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace sca::bench {

/// Loops that do one thing as fast as this machine's widest vectors can, each on the calling thread. They
/// return what keeps the compiler from leaving them out.
///
/// Real is float or double.
template <class Real>
struct Probes {
  /// Chains of fused multiply-adds that stay in registers.
  static Real multiply_add(std::span<const Real> seeds, std::size_t rounds);
  static std::size_t multiply_add_flops();  // a round
  static std::size_t seeds();               // that multiply_add starts from

  /// Sines and cosines of x, summed; by polynomials in x^2, without range reduction.
  ///
  /// domain   |x| <= 3, a multiple of sincos_block() numbers
  /// error    a few roundings
  static Real sincos(std::span<const Real> x, Real& cosines);
  static std::size_t sincos_block();
};

/// Numbers, as many as a multiple of memory_block().
float read(std::span<const float> from);
float copy(std::span<const float> from, std::span<float> to);
/// Past the caches.
float stream(std::span<const float> from, std::span<float> to);
std::size_t memory_block();

/// Highway's name of the instruction set that these loops use here.
std::string vector_target();

}  // namespace sca::bench
