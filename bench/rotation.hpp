#pragma once

#include <cstdint>
#include <list>

#include "bench/problem.hpp"

namespace sca::bench {

/// As many problems of one kind as the cores' own caches do not hold together; their calls take turns, so
/// that each finds its tensors where the operation before it in a network leaves them: beyond those caches,
/// and in the shared one if that is large enough.
class Rotation {
 public:
  Rotation(Operation operation, const sca_core_shape& shape, sca_dtype dtype, int threads,
           std::uint64_t seed);

  Problem& next();
  /// What it takes in memory.
  static double bytes(Operation operation, const sca_core_shape& shape, sca_dtype dtype, int threads);
  /// Bytes that a whole turn goes through.
  double footprint() const { return footprint_; }

 private:
  std::list<Problem> problems_;
  std::list<Problem>::iterator at_;
  double footprint_;
};

}  // namespace sca::bench
