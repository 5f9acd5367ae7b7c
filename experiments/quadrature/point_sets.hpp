#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "experiments/quadrature/theory.hpp"

namespace sca::experiments {

/// A rule of equal weights on M points of [0, 1)^d.
struct PointSet {
  std::string id;
  std::function<std::vector<double>(std::size_t M, std::size_t d, std::uint64_t seed)> make;
  bool is_nested = true;          // the first points of a larger set are the smaller one
  bool is_lattice = false;        // M is prime
  bool is_studied_fully = false;  // on the Gaussian window, and with the band that suits each size
};

std::vector<PointSet> point_sets();

/// What is known of the set's error on a fixed cube, in root mean square where the set is random.
Theory cube_theory(const std::string& id, std::size_t d);

}  // namespace sca::experiments
