#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

#include "experiments/run.hpp"

namespace sca::experiments {

/// One row a fit: slope with its interval, theory, clearance, verdict.
void print_table(std::ostream& out, const Lines& records, bool colour);

/// The slopes of one error ("own" or "total") of one target as a Markdown table: a row a rule, a column a
/// kind of prefix. `what` is "ERROR TARGET" (default target: token). Empty if no record feeds it. errors
/// InputError that names path, line and field
std::string markdown_table(const Lines& records, const std::string& what, std::string_view path);

}  // namespace sca::experiments
