#pragma once

#include <complex>
#include <span>
#include <vector>

#include "experiments/quadrature/point_sets.hpp"
#include "experiments/quadrature/rules.hpp"

namespace sca::experiments {

/// A kernel at a target's differences.
using KernelValues = std::vector<std::complex<double>>;

enum class Window { cube, gaussian };

/// T, or sigma.
double scale_of(Window window, const Target& target, double phase);
/// K of the window at one difference.
double transform(Window window, std::span<const double> x, double scale);

/// A point set, mapped to a window, on a problem's instances.
class PointStudy {
 public:
  PointStudy(const PointSet& set, Window window, const Problem& problem, std::size_t d);

  const std::vector<std::size_t>& sizes() const { return sizes_; }
  const Problem& problem() const { return problem_; }
  Window window() const { return window_; }

  /// The rule's kernel for instance number i, at every phase and size: [phases][sizes]. The same points at
  /// all phases.
  std::vector<std::vector<KernelValues>> kernels(const Target& target, std::size_t i,
                                                 std::span<const double> phases) const;
  KernelValues windowed(const Target& target, double phase) const;

 private:
  const PointSet& set_;
  Window window_;
  const Problem& problem_;
  std::size_t d_;
  std::uint64_t seed_;
  std::vector<std::size_t> sizes_;
};

}  // namespace sca::experiments
