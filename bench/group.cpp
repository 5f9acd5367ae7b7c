#include "bench/group.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <limits>
#include <set>

#include "bench/call.hpp"
#include "bench/rotation.hpp"
#include "evidence/input/error.hpp"

namespace sca::bench {
namespace {

bool is_same(const sca_core_shape& a, const sca_core_shape& b) {
  return a.B == b.B && a.L == b.L && a.K == b.K && a.Kq == b.Kq && a.H == b.H && a.M == b.M;
}

/// As the system estimates it; infinity where it does not tell.
double available_bytes() {
  std::ifstream info("/proc/meminfo");
  for (std::string line; std::getline(info, line);) {
    if (line.starts_with("MemAvailable:")) return 1024 * std::stod(line.substr(line.find(':') + 1));
  }
  return std::numeric_limits<double>::infinity();
}

double tensor_bytes(const Group& group) {
  std::set<sca_dtype> dtypes;
  for (const Subject& one : group.subjects) dtypes.insert(one.kernel->dtype);
  double total = 0;
  for (const sca_dtype dtype : dtypes)
    total += Rotation::bytes(group.operation, group.shape, dtype, group.threads);
  return total;
}

double workspace_bytes(const Group& group) {
  double total = 0;
  for (const Subject& one : group.subjects)
    total += static_cast<double>(Call::workspace_bytes(one, group.shape, group.threads));
  return total;
}

}  // namespace

std::vector<Group> groups(const Plan& plan) {
  std::vector<Group> result;
  for (const Operation operation : operations) {
    std::vector<Subject> chosen;
    std::ranges::copy_if(plan.subjects, std::back_inserter(chosen),
                         [&](const Subject& one) { return one.operation == operation; });
    if (chosen.empty()) continue;
    for (sca_core_shape shape : plan.shapes) {
      if (operation == Operation::step) shape.L = 1;
      for (const std::int64_t threads : plan.threads) {
        const auto is_there = [&](const Group& group) {
          return group.operation == operation && group.threads == threads && is_same(group.shape, shape);
        };
        if (std::ranges::none_of(result, is_there))
          result.push_back({operation, shape, static_cast<int>(threads), chosen});
      }
    }
  }
  return result;
}

void require_memory(const std::vector<Group>& groups) {
  const double available = available_bytes();
  for (const Group& group : groups) {
    double needed = tensor_bytes(group);
    // Kernels are asked only about sizes that can be.
    if (needed < available) needed += workspace_bytes(group);
    if (needed < available) continue;
    const auto in_gigabytes = [](double bytes) { return fmt::format("{:.3g} GB", bytes / 1e9); };
    throw evidence::InputError(
        to_string(group.operation),
        fmt::format("L={} B={} K={} H={} M={}", group.shape.L, group.shape.B, group.shape.K, group.shape.H,
                    group.shape.M),
        "tensors and workspaces of less than the " + in_gigabytes(available) + " that are available",
        in_gigabytes(needed));
  }
}

}  // namespace sca::bench
