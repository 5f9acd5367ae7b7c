#pragma once

#include <cstddef>
#include <vector>

#include "reference/interval.hpp"

namespace sca::evidence::eval {

/// Which rows of a matrix are equal, which columns are equal, opposite or zero: facts that intervals cannot
/// see, and that would otherwise leave every singular matrix undecided. With these, matrix = P core Q^T, P
/// and Q having orthogonal columns.
struct Reduction {
  struct Side {
    std::vector<std::size_t> group;   // of every row (column)
    std::vector<int> sign;            // +1, -1, or 0 for a zero column
    std::vector<std::size_t> member;  // the first row (column) of every group
    std::vector<std::size_t> size;    // of every group
  };
  Side rows;
  Side columns;
};

/// Of A_km = e^{i phase_km} (t x M), where the phases are rational: e^{ix} = e^{iy} only if x = y, since pi
/// is irrational.
///
/// shape    phases [t, M], row-major
Reduction reduce_complex(const std::vector<Rational>& phases, std::size_t points);

/// Of B = [cos phase_km, -sin phase_km] interleaved (t x 2M). Opposite phases make equal cosines and opposite
/// sines.
Reduction reduce_real(const std::vector<Rational>& phases, std::size_t points);

}  // namespace sca::evidence::eval
