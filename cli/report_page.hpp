#pragma once

#include <string>

namespace sca::cli {

/// One page of everything that the files *.jsonl in `folder` record; runs nothing but gnuplot.
/// errors   InputError that names the file and the line
std::string report_page(const std::string& folder);

}  // namespace sca::cli
