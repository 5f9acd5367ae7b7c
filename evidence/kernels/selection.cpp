#include "evidence/kernels/selection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "evidence/kernels/trial.hpp"

namespace sca::evidence::kernels {
namespace {

/// A plugin's kernel is called LIB:NAME, and patterns are of its NAME.
std::string_view own_name(std::string_view kernel) { return kernel.substr(kernel.rfind(':') + 1); }

bool takes(const std::string& pattern, sca_operation operation, std::string_view kernel) {
  return fits(pattern, own_name(kernel)) || fits(pattern, full_name(operation, own_name(kernel)));
}

bool takes_some(const std::string& pattern, std::string_view kernel) {
  return std::ranges::any_of(std::array{SCA_FORWARD, SCA_STEP, SCA_BACKWARD},
                             [&](sca_operation one) { return takes(pattern, one, kernel); });
}

}  // namespace

std::string full_name(sca_operation operation, std::string_view kernel) {
  const std::string_view suffix = operation == SCA_FORWARD ? "forward"
                                  : operation == SCA_STEP  ? "step"
                                                           : "backward";
  const std::string_view what = kernel.substr(0, kernel.find('/'));
  if (operators::definition(what) == nullptr) return fmt::format("core_{}/{}", suffix, kernel);
  return fmt::format("{}_{}{}", what, suffix, kernel.substr(what.size()));
}

std::vector<std::string> full_names(std::string_view kernel) {
  const operators::Definition* operation = operators::definition(kernel.substr(0, kernel.find('/')));
  std::vector<std::string> names{full_name(SCA_FORWARD, kernel)};
  const bool is_network = operation != nullptr && operation->name == network_kind;
  if (operation == nullptr || is_network) names.push_back(full_name(SCA_STEP, kernel));
  if (operation == nullptr || is_network || operation->backward_f32 != nullptr)
    names.push_back(full_name(SCA_BACKWARD, kernel));
  return names;
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

bool Selection::takes_any_of(std::string_view kernel) const {
  return is_all() || std::ranges::any_of(
                         patterns_, [&](const std::string& pattern) { return takes_some(pattern, kernel); });
}

std::string Selection::pattern_without_match(const std::vector<std::string>& kernels) const {
  for (const std::string& pattern : patterns_) {
    const bool is_known =
        std::ranges::any_of(kernels, [&](const std::string& kernel) { return takes_some(pattern, kernel); });
    if (!is_known) return pattern;
  }
  return "";
}

}  // namespace sca::evidence::kernels
