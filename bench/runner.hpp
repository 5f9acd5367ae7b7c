#pragma once

#include <functional>
#include <string>

#include "bench/measurement.hpp"
#include "bench/plan.hpp"

namespace sca::bench {

/// What a run tells while it goes on.
struct Listener {
  std::function<void(const Measurement&)> take;
  std::function<void(std::size_t done, std::size_t total, const std::string& what)> progress;
};

/// Times the plan's groups with Google Benchmark. A group's kernels take turns in random order, each sample
/// many calls or one long one, and each call the next problem of a Rotation. Threads are pinned where there
/// are CPUs enough. A kernel that fails its check gets no time.
///
/// errors   InputError where a group would not fit into memory, before anything is timed
void run(const Plan& plan, const Listener& listener);

}  // namespace sca::bench
