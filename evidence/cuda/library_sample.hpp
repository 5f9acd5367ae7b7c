#pragma once

#include <cstddef>
#include <vector>

#include "evidence/cuda/library_functions.hpp"

namespace sca::evidence::cuda {

/// About so many arguments of a range, the same ones every time: both ends of all its binades and, between
/// them, one of each of equally many parts of the binade's floats. Binades from 2^-8 to 2^17, where the
/// functions' values are neither their argument nor constant, have eight times as many as the others. Of
/// periodic functions a quarter more: the floats nearest to multiples of pi/2, and their neighbours.
std::vector<float> sample(const LibraryFunction& function, const ArgumentRange& range, std::size_t points);

}  // namespace sca::evidence::cuda
