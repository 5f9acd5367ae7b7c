#include "evidence/kernels/selection.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "evidence/kernels/trial.hpp"

namespace sca::evidence::kernels {
namespace {

/// A plugin's kernel is called LIB:NAME, and patterns are of its NAME.
std::string_view own_name(std::string_view kernel) { return kernel.substr(kernel.rfind(':') + 1); }

bool takes(const std::string& pattern, sca_operation operation, std::string_view kernel) {
  return fits(pattern, own_name(kernel)) || fits(pattern, full_name(operation, own_name(kernel)));
}

}  // namespace

std::string full_name(sca_operation operation, std::string_view kernel) {
  const std::string_view prefix = operation == SCA_FORWARD ? "core_forward"
                                  : operation == SCA_STEP  ? "core_step"
                                                           : "core_backward";
  return fmt::format("{}/{}", prefix, kernel);
}

bool Selection::takes(std::string_view kernel) const {
  return is_all() || std::ranges::any_of(patterns_, [&](const std::string& pattern) {
           return fits(pattern, own_name(kernel));
         });
}

bool Selection::takes(sca_operation operation, std::string_view kernel) const {
  return is_all() || std::ranges::any_of(patterns_, [&](const std::string& pattern) {
           return kernels::takes(pattern, operation, kernel);
         });
}

std::string Selection::pattern_without_match(const std::vector<std::string>& kernels) const {
  for (const std::string& pattern : patterns_) {
    const bool is_known = std::ranges::any_of(kernels, [&](const std::string& kernel) {
      return std::ranges::any_of(operations,
                                 [&](sca_operation one) { return kernels::takes(pattern, one, kernel); });
    });
    if (!is_known) return pattern;
  }
  return "";
}

}  // namespace sca::evidence::kernels
