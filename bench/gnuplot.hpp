#pragma once

#include <string>

namespace sca::bench {

/// Stops unless gnuplot is there and `file` ends in .svg, .png or .pdf.
/// errors   InputError
void require_gnuplot(const std::string& file);

/// Runs a gnuplot script into `file`, which is whole in the end or as it was.
/// errors   InputError if gnuplot is not there or fails
void draw(const std::string& file, const std::string& script);

/// `text` as a string of gnuplot's.
std::string gnuplot_string(const std::string& text);

}  // namespace sca::bench
