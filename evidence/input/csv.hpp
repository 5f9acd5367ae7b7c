#pragma once

#include "evidence/input/array.hpp"
#include "evidence/input/error.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace sca::evidence {

/// The table of numbers in `text`; `name` stands for the file in messages.
///
/// shape    [rows, columns], at least [1, 1]
/// domain   one kind of separator a file: commas, semicolons or tabs (blanks around them ignored), or runs of
///          blanks. Decimal or hex ("0x1.8p-3") floats, inf and nan, in every locale. `#` starts a comment;
///          blank lines, CRLF and a UTF-8 byte order mark are ignored. The first line is a header if every
///          field in it is a name: neither a number nor begun like one, so that a typo in a number does not
///          lose a row silently.
/// errors   InputError names line and column, counted from 1: an empty field, a field that is no number or is
///          outside double's range, a row longer or shorter than the first; or says that there is no row
Array parse_csv(std::string_view text, std::string_view name);

/// `parse_csv` of what `read_file` returns.
Array read_csv(const std::filesystem::path& path);

}  // namespace sca::evidence
