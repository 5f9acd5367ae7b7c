#pragma once

#include <nlohmann/json.hpp>

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace sca::experiments {

/// A series' lines, in order. `run` marks the last one with "end": true.
using Lines = std::vector<nlohmann::ordered_json>;

/// One series to compute, under a name of its own.
struct Task {
  std::string name;
  std::function<Lines()> compute;
};

struct RunListener {
  std::function<void(const Lines&)> take;  // series by series, in the order of the tasks
  std::function<void(const Lines&)> keep;  // each new one as soon as it is there
  std::function<void(std::size_t done, std::size_t total, const std::string& what)> progress;
};

/// All tasks on `jobs` threads; those in `known` are not computed again. Results do not depend on `jobs`.
void run(const std::vector<Task>& tasks, const std::map<std::string, Lines>& known, unsigned jobs,
         const RunListener& listener);

}  // namespace sca::experiments
