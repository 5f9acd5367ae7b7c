#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bench/measurement.hpp"

namespace sca::bench {

/// What became of a kernel's time between two runs. `undecided`: too few samples for the number of
/// comparisons.
enum class Change { slower, faster, same, undecided };
std::string_view to_string(Change change);

/// One kernel, shape and number of threads in both runs; times are in units of each run's own floor, because
/// a machine is not the same from day to day.
struct Comparison {
  std::string key;
  double before = 0, after = 0;  // medians over floors
  double noise = 0;              // the least difference of them that counts
  double probability =
      1;  // that ranks favour the slower run as much by chance, times the number of comparisons
  Change change = Change::same;
};

/// The rule, for n comparisons: `slower` where both
///   the medians differ by more than 3 standard deviations, those of both runs taken together and each
///   estimated from the spread of its samples as 1.4826 times the median deviation, which is the standard
///   deviation of normal noise; the ranks of the samples differ (rank_probability) with p n < 1 %.
/// `faster` the same the other way round; `undecided` where p n could not get below 1 % with so few samples.
std::vector<Comparison> compare(const std::vector<Measurement>& before,
                                const std::vector<Measurement>& after);

}  // namespace sca::bench
