#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "evidence/kernels/property.hpp"

namespace sca::evidence::kernels {

/// One property of one kernel on one case, or of all kernels and properties whose names fit: both may hold
/// `*`.
struct Trial {
  std::string kernel;
  std::string property;
  Case one;
};

/// "f32/avx2 forward core released B=1 L=17 …": one line is one reproduction.
std::string to_line(const Trial& trial);
/// errors   InputError that names the word: no kernel, an unknown property, a case that is none
Trial parse_trial(std::string_view line);

/// A name that is the pattern or lies below it; `*` stands for anything: "f32", "f32/avx2" and "*/avx2" fit
/// "f32/avx2".
bool fits(const std::string& pattern, std::string_view name);

/// The properties that fit the pattern and apply to the case.
std::vector<const Property*> properties_that_fit(const std::string& pattern, const Case& one);

}  // namespace sca::evidence::kernels
