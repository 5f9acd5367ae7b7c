#include "bench/selection.hpp"

#include <algorithm>

#include "evidence/input/error.hpp"
#include "evidence/kernels/trial.hpp"

namespace sca::bench {
namespace {

constexpr std::string_view plain = "serial";

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

/// By its whole name: "f32/avx2" is a kernel of the core.
bool fits(const std::string& pattern, const NetworkSubject& subject) {
  return evidence::kernels::fits(pattern, subject.name());
}

template <class One>
bool fits_any(const std::vector<std::string>& patterns, const One& one) {
  return std::ranges::any_of(patterns, [&](const std::string& pattern) { return fits(pattern, one); });
}

}  // namespace

std::vector<std::string> Selection::names() const {
  std::vector<std::string> result;
  for (const Subject& one : subjects) result.push_back(one.name());
  for (const NetworkSubject& one : networks) result.push_back(one.name());
  return result;
}

Selection everything(std::span<const sca_core_kernel* const> kernels,
                     const std::vector<kernels::Implementation<float>>& by) {
  Selection all;
  for (const Operation operation : operations) {
    for (const sca_core_kernel* kernel : kernels) {
      if (has(*kernel, operation)) all.subjects.push_back({operation, kernel});
    }
  }
  for (const NetworkOperation operation : network_operations) {
    for (const kernels::Implementation<float>& one : by) all.networks.push_back({operation, one});
    if (!has_bf16(operation)) continue;
    for (const kernels::Implementation<float>& one : by) all.networks.push_back({operation, one, true});
  }
  return all;
}

Selection chosen(const Selection& all, const std::vector<std::string>& patterns) {
  for (const std::string& pattern : patterns) {
    const auto is_it = [&](const auto& one) { return fits(pattern, one); };
    if (std::ranges::none_of(all.subjects, is_it) && std::ranges::none_of(all.networks, is_it))
      throw evidence::InputError(
          "KERNEL", pattern, "a name, its first parts or a pattern of `sca bench --list`", "no such kernel");
  }
  Selection result = all;
  if (patterns.empty()) return result;
  const auto is_out = [&](const auto& one) { return !fits_any(patterns, one); };
  std::erase_if(result.subjects, is_out);
  std::erase_if(result.networks, is_out);
  return result;
}

Selection chosen_to_time(const Selection& all, const std::vector<std::string>& patterns) {
  Selection result = chosen(all, patterns);
  std::vector<std::string> by_name;
  std::ranges::copy_if(patterns, std::back_inserter(by_name),
                       [](const std::string& pattern) { return pattern.find(plain) != std::string::npos; });
  std::erase_if(result.networks, [&](const NetworkSubject& one) {
    return patterns.empty() || (one.name().ends_with(plain) && !fits_any(by_name, one));
  });
  return result;
}

}  // namespace sca::bench
