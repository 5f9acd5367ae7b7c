#pragma once

#include <cstddef>

#include "bench/operation.hpp"
#include "kernels/plugin.h"

namespace sca::bench {

/// The least work that an operation asks for, whoever does it: what a floor is made of.
struct Counts {
  double elements = 0;  // stored numbers read or written, of the kernel's dtype
  double reals = 0;     // parameters, states and their gradients read or written
  double flops = 0;     // additions, multiplications and divisions; a fused one counts as two
  double sincos = 0;    // sin and cos of one number
};

/// A token's share, parameters and states apart.
///
/// source   per token, with every product that does not depend on m, h or t taken out of their loops:
///
///   forward   a head      γs+β 2, softplus 3, its decay and clamp 2, Z 1 ...................... 8
///             a channel   x, 1+|x|, u = x/(1+|x|), value 4, both results times 1/(Z √H) 2 ..... 6
///             a sample    phase 1, R and I 4, ω conj(q) 2, real and imaginary part 8 ......... 15
///             traffic     key KH, score K, query 2 Kq H M, output 2 KH
///   backward  a head      the weight again 8, its derivatives 22 ............................. 30
///             a channel   u and value 5, the output's gradient over Z √H 2, the key's 3, the weight's 2, u's
///                         slope 3, the phase scale's 2 ...................................... 17
///             a sample    phase 1, R and I again 4, g conj(q) 6, ω's 4, Z's 2, R's and I's 4, the
///                         query's 8, the value's 4, the phase's 3, θ's 2, u's 2 .............. 40
///             traffic     what the forward reads, the output's gradient 2 KH, as much written as the
///                         forward reads
Counts per_token(Operation operation, const sca_core_shape& shape);

/// All of a call: its tokens, its parameters, the states that a step reads and writes, and the parameters'
/// gradients.
Counts per_call(Operation operation, const sca_core_shape& shape);

/// The same in bytes, for a kernel of one dtype.
struct Work {
  double bytes = 0, flops = 0, sincos = 0;
};
Work work(const Counts& counts, sca_dtype dtype);

/// Bytes of a stored number and of a real.
std::size_t element_bytes(sca_dtype dtype);
std::size_t real_bytes(sca_dtype dtype);

}  // namespace sca::bench
