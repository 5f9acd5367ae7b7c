#include "bench/group.hpp"

#include <fmt/format.h>

#include <fstream>
#include <limits>

#include "bench/core_group.hpp"
#include "bench/network/group.hpp"
#include "evidence/input/error.hpp"

namespace sca::bench {
namespace {

/// As the system estimates it; infinity where it does not tell.
double available_bytes() {
  std::ifstream info("/proc/meminfo");
  for (std::string line; std::getline(info, line);) {
    if (line.starts_with("MemAvailable:")) return 1024 * std::stod(line.substr(line.find(':') + 1));
  }
  return std::numeric_limits<double>::infinity();
}

}  // namespace

std::vector<Group> groups(const Plan& plan) {
  std::vector<Group> all = core_groups(plan);
  for (Group& group : network_groups(plan)) all.push_back(std::move(group));
  return all;
}

void require_memory(const std::vector<Group>& groups) {
  const double available = available_bytes();
  for (const Group& group : groups) {
    double needed = group.tensor_bytes;
    // Kernels are asked only about sizes that can be.
    for (const auto& row : group.rows) needed += needed < available ? row->workspace_bytes() : 0;
    if (needed < available) continue;
    const auto in_gigabytes = [](double bytes) { return fmt::format("{:.3g} GB", bytes / 1e9); };
    throw evidence::InputError(
        group.what, group.sizes,
        "tensors and workspaces of less than the " + in_gigabytes(available) + " that are available",
        in_gigabytes(needed));
  }
}

}  // namespace sca::bench
