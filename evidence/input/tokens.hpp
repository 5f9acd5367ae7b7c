#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace sca::evidence {

/// A prefix's token embeddings.
///
/// shape    values [rows, columns] in C order: row k is token h_k, columns is d; both at least 1
/// domain   finite
struct TokenMatrix {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<double> values;
  std::string name;  ///< the file, for messages
};

/// Tokens from a .npy or CSV file, told apart by the first bytes and not by the extension.
///
/// shape    [t, d], or [t], read as t scalars (d = 1)
/// errors   InputError for another shape, t = 0, d = 0, a value that is not finite (row and column
///          counted from 0, as --rows does), and all of `read_file`, `parse_npy` and `parse_csv`
TokenMatrix read_tokens(const std::filesystem::path& path);

/// One weight a token, from a .npy or CSV file; not normalised.
///
/// shape    [expected_count], or a single row or column of a table
/// domain   finite and above 0
/// errors   InputError for another shape or count, or with index and value of the first weight outside the
///          domain
std::vector<double> read_weights(const std::filesystem::path& path, std::size_t expected_count);

/// Rows A to B - 1 of `tokens`, for `range` "A:B"; a missing A is 0, a missing B is tokens.rows.
///
/// errors   InputError unless 0 <= A < B <= tokens.rows: a selection is never cut to what there is
TokenMatrix select_rows(TokenMatrix tokens, std::string_view range);

}  // namespace sca::evidence
