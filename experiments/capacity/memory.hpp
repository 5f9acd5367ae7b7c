#pragma once

#include <Eigen/Core>

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "experiments/capacity/record.hpp"

namespace sca::experiments::capacity {

inline constexpr std::size_t memory_keys = 256;
inline constexpr std::size_t memory_values = 64;

/// How a token that stands for (key, value) comes to the phases.
enum class Binding {
  mixed,         // every coordinate a sum of both, as W_in and the convolution make it; elementwise phases
  unmixed,       // half of the coordinates are the key's, half the value's; elementwise phases
  inner_product  // the same tokens, phases <theta_m, h>: Theorem 1's
};

using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;  // (key, value)

/// Key-value pairs summed into one state with equal weights, and the whitened linear readout that ranks the
/// values for a key: argmax over b of <f(a, b), C^+ (S - n mean f)>, C the covariance of f over all pairs.
class Memory {
 public:
  /// Random embeddings and nodes: coordinates about N(0, 1), theta in (0, 3].
  Memory(const Design& design, Binding binding, std::uint64_t seed);

  /// Of C^(1/2), at `tolerance` relative to the largest; what C^+ keeps.
  std::size_t rank() const { return rank_; }
  /// Whether the top value for pairs[queried]'s key is its own.
  bool recalls(const Pairs& pairs, std::size_t queried) const;

  /// Directions that a state in half precision would lose.
  static constexpr double tolerance = 0x1p-11;

 private:
  Eigen::Index row(std::size_t key, std::size_t value) const {
    return static_cast<Eigen::Index>(key * memory_values + value);
  }
  void whiten();

  using Rows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  Rows features_;            // centred; [keys * values, 2KHM]
  Eigen::MatrixXd inverse_;  // C^+
  std::size_t rank_ = 0;
};

/// n pairs with distinct keys; values distinct too, or independent.
Pairs distinct_pairs(std::size_t n, std::uint64_t seed);
Pairs independent_pairs(std::size_t n, std::uint64_t seed);

/// Top-1 among `memory_values` scores, one N(separation, 1), the others N(0, 1).
double top1_of_normals(double separation);
/// The separation at which that is 1/2.
double separation_at_half();

}  // namespace sca::experiments::capacity
