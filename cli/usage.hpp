#pragma once

#include <CLI/CLI.hpp>

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace sca::cli {

/// Exit codes of every verb.
enum Exit : int { good = 0, failed = 1, bad_input = 2, undecided = 3, device_missing = 4 };

/// Wrong usage that CLI11 cannot see (an unknown claim, say): one line, exit code 2.
class UsageError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What is needed is not on this machine: one line, exit code 4.
class DeviceMissing : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Parses a verb's own arguments (without the verb). Returns nothing if the verb shall go on, else the exit
/// code: 0 after --help, 2 after one line on stderr for wrong usage.
std::optional<int> parse(CLI::App& app, const std::vector<std::string>& arguments);

/// The candidates that are nearest to `word`, best first, at most three: for "did you mean".
std::vector<std::string> nearest(const std::string& word, const std::vector<std::string>& candidates);

}  // namespace sca::cli
