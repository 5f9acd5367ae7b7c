#include "bench/selection.hpp"

#include <algorithm>

#include "evidence/input/error.hpp"
#include "evidence/kernels/trial.hpp"

namespace sca::bench {
namespace {

bool has(const sca_core_kernel& kernel, Operation operation) {
  switch (operation) {
    case Operation::forward: return evidence::kernels::has(kernel, SCA_FORWARD);
    case Operation::step: return evidence::kernels::has(kernel, SCA_STEP);
    case Operation::backward: return evidence::kernels::has(kernel, SCA_BACKWARD);
    case Operation::training: return has(kernel, Operation::forward) && has(kernel, Operation::backward);
  }
  return false;
}

bool fits(const std::string& pattern, const Subject& subject) {
  return evidence::kernels::fits(pattern, subject.name()) ||
         evidence::kernels::fits(pattern, subject.kernel->name);
}

}  // namespace

std::vector<Subject> subjects(std::span<const sca_core_kernel* const> kernels,
                              const std::vector<std::string>& patterns) {
  std::vector<Subject> all;
  for (const Operation operation : operations) {
    for (const sca_core_kernel* kernel : kernels) {
      if (has(*kernel, operation)) all.push_back({operation, kernel});
    }
  }
  for (const std::string& pattern : patterns) {
    if (std::ranges::none_of(all, [&](const Subject& one) { return fits(pattern, one); }))
      throw evidence::InputError(
          "KERNEL", pattern, "a name, its first parts or a pattern of `sca bench --list`", "no such kernel");
  }
  if (patterns.empty()) return all;
  std::erase_if(all, [&](const Subject& one) {
    return std::ranges::none_of(patterns, [&](const std::string& pattern) { return fits(pattern, one); });
  });
  return all;
}

}  // namespace sca::bench
