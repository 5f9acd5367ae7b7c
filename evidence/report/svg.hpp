#pragma once

#include <string>
#include <string_view>

namespace sca::evidence {

/// A drawing of gnuplot's as an element of a page: without the prolog of a file, under `title`, and with
/// `prefix` before all its ids, since gnuplot gives every drawing the same.
///
/// errors   InputError that names `file` if `svg` has no svg element
std::string inline_svg(std::string_view svg, std::string_view prefix, std::string_view title,
                       std::string_view file);

/// `text` where HTML or XML wants text or an attribute's value in double quotes.
std::string escaped(std::string_view text);

}  // namespace sca::evidence
