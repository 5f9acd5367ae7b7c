#pragma once

#include <mpfr.h>

#include <string>
#include <vector>

namespace sca::evidence::cuda {

/// Floats of one sign, from the smaller to the larger in size.
struct FloatInterval {
  float from, to;
};

/// Arguments that are told apart: intervals to take a sample of, or all of the ones that are named.
struct ArgumentRange {
  std::string name;
  std::vector<FloatInterval> intervals;
  std::vector<float> named;
};

/// One of kernels/cuda/library/library.cu.
struct LibraryFunction {
  std::string name;                                     // "sinf"
  std::string kernel;                                   // "library_sinf"
  int (*exact)(mpfr_ptr y, mpfr_srcptr x, mpfr_rnd_t);  // MPFR's
  bool is_absolute;                                     // whether a unit of sca_arithmetic is u alone
  bool is_periodic;                                     // so that multiples of pi/2 are worth a look
  bool is_instruction;    // an .approx one alone: of its rounded values there is nothing to learn
  std::string published;  // NVIDIA's largest error, in NVIDIA's words
  double most_steps;      // the same in floats from the correctly rounded result; infinite: not said so
  std::vector<ArgumentRange> ranges;
};

/// sinf, cosf, expf, log1pf; then __sinf, __cosf and __expf, those of sine and cosine up to 3 alone: PTX says
/// less of arguments beyond 2 pi, and the machine does not model it.
///
/// source   published: CUDA C++ Programming Guide, Mathematical Functions, tables "Single-Precision
///          Mathematical Standard Library Functions with Maximum ULP Error" (from the correctly rounded
///          result) and "Single-Precision Floating-Point Intrinsic Functions"
std::vector<LibraryFunction> library_functions();

}  // namespace sca::evidence::cuda
