#pragma once

#include <iosfwd>
#include <string>

#include "experiments/run.hpp"

namespace sca::experiments::capacity {

/// A row a point, then a row a series: what it found.
void print_table(std::ostream& out, const Lines& records, bool colour);

/// The findings as a Markdown table, for documents that quote the records.
std::string markdown_table(const Lines& records);

}  // namespace sca::experiments::capacity
