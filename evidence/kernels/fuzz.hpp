#pragma once

#include <chrono>
#include <cstdint>
#include <functional>

#include "evidence/kernels/selection.hpp"
#include "evidence/kernels/tally.hpp"

namespace sca::evidence::kernels {

struct FuzzSettings {
  Selection selection;
  std::uint64_t seed = 0;
  std::chrono::duration<double> time{60};
  /// What all shrinking together may take.
  std::chrono::duration<double> shrinking{30};
  unsigned jobs = 1;
};

/// What a search did.
struct Search {
  Tally tally;
  std::uint64_t cases = 0;
  double seconds = 0;
};

/// What the caller is told while a search runs, one call at a time.
struct Watcher {
  /// The first failure of a property of a kernel, shrunk.
  std::function<void(const Failure&)> failed;
  std::function<void(const Search&)> progress;
  std::function<bool()> shall_stop;
};

/// Tries the cases of the seed one after the other, on `jobs` threads, until time is up.
///
/// errors   what a thread or the watcher threw
Search fuzz(const SubjectFactory& make, const FuzzSettings& settings, const Watcher& watcher);

/// How many trials of a property there were, and how many a minute `jobs` threads would get through if it
/// were the only one: reference and kernel, shrinking not counted.
struct Rate {
  const Property* property;
  std::size_t trials;
  double a_minute;
};
std::vector<Rate> rates(const Search& search, unsigned jobs);

}  // namespace sca::evidence::kernels
