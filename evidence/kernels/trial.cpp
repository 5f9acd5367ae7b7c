#include "evidence/kernels/trial.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <fnmatch.h>

#include <algorithm>

#include "evidence/cases/regimes.hpp"
#include "evidence/input/error.hpp"

namespace sca::evidence::kernels {
namespace {

// The reference takes minutes for so many, and a gigabyte.
constexpr double most_trial_terms = 1 << 22;

std::string_view taken_word(std::string_view& text) {
  const std::size_t first = std::min(text.find_first_not_of(" \t"), text.size());
  const std::size_t end = std::min(text.find_first_of(" \t", first), text.size());
  const std::string_view word = text.substr(first, end - first);
  text.remove_prefix(end);
  return word;
}

/// Before memory is asked for. An operator's sizes are limited where they are read.
void require_feasible(const Case& any) {
  const auto* core = std::get_if<CoreCase>(&any);
  if (core == nullptr) return;
  const CoreCase& one = *core;
  if (std::ranges::find(regimes(), std::string_view(one.regime), &Regime::name) == regimes().end())
    throw InputError("case", "regime", "a known regime", in_quotes(one.regime));
  const double terms = static_cast<double>(one.B + 1) * static_cast<double>(one.L + 1) *
                       static_cast<double>(one.config.K) * static_cast<double>(one.config.H) *
                       static_cast<double>(one.config.M);
  if (terms > most_trial_terms)
    throw InputError("case", "sizes", fmt::format("at most {} terms B L K H M", most_trial_terms),
                     fmt::format("{}", terms));
}

/// Of the properties that are meant, one at least fits.
template <class Meant>
void require_property(const std::string& pattern, Meant is_meant) {
  std::vector<std::string_view> names;
  bool fits_one = false;
  for (const Property& one : properties()) {
    if (!is_meant(one) || std::ranges::count(names, one.name) != 0) continue;
    names.push_back(one.name);
    fits_one = fits_one || fits(pattern, one.name);
  }
  if (fits_one) return;
  throw InputError("trial", "property", fmt::format("one of {}", fmt::join(names, ", ")), in_quotes(pattern));
}

}  // namespace

std::string to_line(const Trial& trial) {
  return fmt::format("{} {} {}", trial.kernel, trial.property, to_line(trial.one));
}

Trial parse_trial(std::string_view line) {
  Trial trial;
  trial.kernel = taken_word(line);
  trial.property = taken_word(line);
  if (trial.kernel.empty()) throw InputError("trial", "kernel", "KERNEL PROPERTY CASE", "nothing");
  require_property(trial.property, [](const Property&) { return true; });
  trial.one = parse_case(line);
  require_property(trial.property, [&](const Property& one) { return one.applies_to(trial.one); });
  require_feasible(trial.one);
  return trial;
}

bool fits(const std::string& pattern, std::string_view name) {
  const std::string text(name);
  return fnmatch(pattern.c_str(), text.c_str(), 0) == 0 ||
         fnmatch((pattern + "/*").c_str(), text.c_str(), 0) == 0;
}

std::vector<const Property*> properties_that_fit(const std::string& pattern, const Case& one) {
  std::vector<const Property*> result;
  for (const Property& property : properties()) {
    if (property.applies_to(one) && fits(pattern, property.name)) result.push_back(&property);
  }
  return result;
}

}  // namespace sca::evidence::kernels
