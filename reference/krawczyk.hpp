#pragma once

#include <functional>
#include <vector>

#include "reference/linear_algebra.hpp"

namespace sca::reference {

/// n equations f(x) = 0 in n unknowns over intervals: both functions enclose their range on the box given.
///
/// shape    value [n]; jacobian [n, n], row-major
struct IntervalSystem {
  std::function<std::vector<Interval>(const std::vector<Interval>&)> value;
  std::function<std::vector<Interval>(const std::vector<Interval>&)> jacobian;
};

enum class RootTest {
  unique_root,  // the box holds exactly one zero, and the image encloses it
  no_root,      // the box holds none
  unknown,
};

struct KrawczykResult {
  RootTest outcome = RootTest::unknown;
  std::vector<Interval> image;
};

/// Krawczyk's operator K(X) = m - C f(m) + (I - C J(X)) (X - m), C a midpoint inverse of J(m). Every zero in
/// X lies in K(X); K(X) inside X's interior proves that there is exactly one.
///
/// domain   f continuously differentiable on the box
/// source   R. Krawczyk (1969); R. Moore (1977); A. Neumaier, Interval Methods for Systems of Equations,
/// Thm 5.1.8
inline KrawczykResult krawczyk(const IntervalSystem& system, const std::vector<Interval>& box) {
  const std::size_t n = box.size();
  std::vector<Interval> middle;
  middle.reserve(n);
  for (const Interval& x : box) middle.push_back(midpoint(x));

  const auto square_matrix = [n](const std::vector<Interval>& entries) {
    ComplexMatrix matrix(n, n);
    for (std::size_t i = 0; i < n * n; ++i) matrix.entries[i].re = entries[i];
    return matrix;
  };
  const auto preconditioner = inverse(square_matrix(system.jacobian(middle)));
  if (!preconditioner) return {};

  const std::vector<Interval> residual = system.value(middle);
  const std::vector<Interval> slopes = system.jacobian(box);
  KrawczykResult result{RootTest::unique_root, middle};
  bool disjoint = false;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      Interval defect(i == j ? 1 : 0);
      for (std::size_t l = 0; l < n; ++l) {
        defect -= midpoint((*preconditioner)(i, l).re) * slopes[l * n + j];
      }
      result.image[i] += defect * (box[j] - middle[j]) - midpoint((*preconditioner)(i, j).re) * residual[j];
    }
    if (!in_interior(result.image[i], box[i])) result.outcome = RootTest::unknown;
    disjoint = disjoint || certainly_disjoint(result.image[i], box[i]);
  }
  if (disjoint) result.outcome = RootTest::no_root;
  return result;
}

}  // namespace sca::reference
