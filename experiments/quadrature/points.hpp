#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace sca::experiments {

// Points of [0, 1)^d, row-major [M, d]. What a rule does with them (equal weights, a map to the window) is
// the caller's. All randomness comes from the seed.

/// Independent and uniform.
std::vector<double> independent_points(std::size_t M, std::size_t d, std::uint64_t seed);

/// The first M points of the Sobol sequence from the origin on, each in the middle of its 2^-32 cell: 2^m of
/// them are a digital net.
///
/// domain   d <= 3667, M < 2^32
/// source   Bratley and Fox's Algorithm 659 with Joe and Kuo's direction
/// numbers, as Boost.Random has them
std::vector<double> sobol_points(std::size_t M, std::size_t d);
/// The same under Owen's nested uniform scrambling: each digit is flipped by a hash of the digits before it.
/// source   A. B. Owen, Randomly permuted (t, m, s)-nets and (t, s)-sequences (1995)
std::vector<double> scrambled_sobol_points(std::size_t M, std::size_t d, std::uint64_t seed);

/// Points 1 … M of the Halton sequence: axis l holds the radical inverses in the l-th prime base.
std::vector<double> halton_points(std::size_t M, std::size_t d);
/// Points 0 … M-1 with an independent random permutation for every digit of every axis. source   A. B. Owen,
/// A randomized Halton algorithm in R (2017)
std::vector<double> scrambled_halton_points(std::size_t M, std::size_t d, std::uint64_t seed);

/// {n z/N + shift}, n = 0 … N-1, with a random shift.
///
/// shape    generator [d]
std::vector<double> shifted_lattice_points(std::uint64_t N, std::span<const std::uint64_t> generator,
                                           std::uint64_t seed);
/// u -> 1 - |2u - 1| on every axis: a function's periodic extension becomes continuous. source   F. J.
/// Hickernell, Obtaining O(N^{-2+eps}) convergence for lattice quadrature rules (2002)
std::vector<double> tent_transformed(std::vector<double> points);

}  // namespace sca::experiments
