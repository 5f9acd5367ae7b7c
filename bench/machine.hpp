#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <tuple>
#include <utility>

#include "bench/counts.hpp"

namespace sca::bench {

/// What a machine can do a second.
struct Rates {
  double bytes = 0, flops = 0, sincos = 0;
};

/// What the traffic of a piece of work is: reading alone, or whatever goes fastest.
enum class Traffic { any, reading };

/// The least seconds that work needs: what moves in memory and what is computed may overlap.
inline double floor_seconds(const Work& work, const Rates& rates) {
  return std::max(work.bytes / rates.bytes, work.flops / rates.flops + work.sincos / rates.sincos);
}

/// What the machine that this runs on can do, by probes in this binary: each measured when it is first asked
/// for, the best of several tries, then kept.
class Machine {
 public:
  /// Of reading, or the fastest of reading, copying and copying past the caches, over as much memory as
  /// `footprint` bytes (a power of two, at most 1 GiB, which is far beyond caches) in huge pages where the
  /// system has them.
  double bytes_per_second(double footprint, int threads, Traffic traffic = Traffic::any);
  /// Of fused multiply-adds in registers; in doubles for SCA_F64, else in floats.
  double flops_per_second(sca_dtype dtype, int threads);
  /// Numbers whose sine and cosine are computed.
  double sincos_per_second(sca_dtype dtype, int threads);

  /// All of them. `footprint`: the bytes that calls cycle through, which says what cache they come from.
  Rates rates(sca_dtype dtype, double footprint, int threads, Traffic traffic = Traffic::any);
  /// Measures anew from now on.
  void forget() { *this = {}; }

 private:
  std::map<std::tuple<std::size_t, int, Traffic>, double> streams_;
  std::map<std::pair<bool, int>, double> peaks_, sincos_;
};

}  // namespace sca::bench
