#pragma once

#include <string>

#include "evidence/eval/input.hpp"

namespace sca::evidence::eval {

/// What a file of cases says of itself.
inline constexpr const char* cases_format = "sca reference cases v1";
inline constexpr int most_digits = 20'000;

struct Settings {
  int digits = 60;              // significant decimal digits, 1 … most_digits
  double budget_seconds = 600;  // a case expected to take longer is refused
};

/// Reads a file of cases and checks its frame: format, cases, each with an id, a kind and an input.
/// InputError otherwise.
Json read_cases(const std::string& path);

/// The same structure with our own `output` for every case: {"format", "digits", "count", "cases"}.
///
/// domain   what `read_cases` returned; `file` names it in messages
/// error    every number is certified; see `render`. InputError, before anything is computed, for an input
///          that its kind does not allow
Json evaluate(const Json& document, const std::string& file, const Settings& settings);

}  // namespace sca::evidence::eval
