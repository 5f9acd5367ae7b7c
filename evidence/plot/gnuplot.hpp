#pragma once

#include <string>

namespace sca::evidence {

/// What gnuplot draws: commands and the size that they are laid out for.
struct Drawing {
  int width = 0;  // pixels at 96 to the inch
  int height = 0;
  std::string script;
};

/// Whether gnuplot is on the PATH.
bool has_gnuplot();

/// What to install where it is not.
extern const char* const gnuplot_package;

/// Stops unless `file` ends in .svg, .png or .pdf.
/// errors   InputError
void require_figure_name(const std::string& file);

/// Stops unless gnuplot is there and `file` has such a name.
/// errors   InputError
void require_gnuplot(const std::string& file);

/// Draws into `file`, which is whole in the end or as it was.
/// errors   InputError if gnuplot is not there or fails
void draw(const std::string& file, const Drawing& drawing);

/// `text` as a string of gnuplot's: one line, and no way out of it.
std::string gnuplot_string(const std::string& text);

}  // namespace sca::evidence
