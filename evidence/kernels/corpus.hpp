#pragma once

#include <filesystem>
#include <vector>

#include "evidence/kernels/trial.hpp"

namespace sca::evidence::kernels {

/// A trial a line; `#` starts a comment. `file` is what messages call the text.
/// errors   InputError that names file, line and word
std::vector<Trial> parse_trials(std::string_view text, const std::string& file);

/// Writes the line, with `what` as a comment above it, to a file of its own in `folder`, named by the line's
/// hash. The file is whole or absent, whenever the process is killed.
///
/// errors   InputError if it cannot be written
std::filesystem::path save(const Trial& trial, const std::string& what, const std::filesystem::path& folder);

}  // namespace sca::evidence::kernels
