#include "evidence/input/tokens.hpp"

#include "evidence/input/csv.hpp"
#include "evidence/input/file.hpp"
#include "evidence/input/npy.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <span>
#include <system_error>

namespace sca::evidence {
namespace {

/// 0x93 starts no CSV file in ASCII or UTF-8, so one byte decides, and a damaged .npy is reported as that.
Array read_array(const std::filesystem::path& path) {
  const std::string bytes = read_file(path);
  const std::string name = path.string();
  if (bytes.empty()) throw InputError(name, "file", "a .npy or CSV file", "an empty file");
  if (bytes.starts_with('\x93')) return parse_npy(std::as_bytes(std::span(bytes)), name);
  if (bytes.starts_with("PK\x03\x04")) {
    throw InputError(name, "file", "a .npy or CSV file",
                     "a zip archive (an .npz? save one of its arrays as .npy)");
  }
  return parse_csv(bytes, name);
}

std::string decimal(double value) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  return {text.data(), end};
}

std::string shape_text(const std::vector<std::size_t>& shape) {
  std::string text = "[";
  for (std::size_t i = 0; i < shape.size(); ++i) text += (i > 0 ? ", " : "") + std::to_string(shape[i]);
  return text + "]";
}

/// A bound of "A:B": `missing` if empty, nothing if it is not a natural number.
std::optional<std::size_t> bound(std::string_view text, std::size_t missing) {
  if (text.empty()) return missing;
  std::size_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, status] = std::from_chars(text.data(), end, value);
  if (status != std::errc{} || stop != end) return std::nullopt;
  return value;
}

}  // namespace

TokenMatrix read_tokens(const std::filesystem::path& path) {
  Array array = read_array(path);
  const std::string name = path.string();
  const bool scalars = array.shape.size() == 1;
  if (!scalars && array.shape.size() != 2) {
    throw InputError(name, "shape", "[t, d], or [t] for scalar tokens", shape_text(array.shape));
  }
  const std::size_t rows = array.shape[0];
  const std::size_t columns = scalars ? 1 : array.shape[1];
  if (rows == 0) throw InputError(name, "shape", "t >= 1, at least one token", shape_text(array.shape));
  if (columns == 0) throw InputError(name, "shape", "d >= 1, at least one column", shape_text(array.shape));
  for (std::size_t i = 0; i < array.values.size(); ++i) {
    if (std::isfinite(array.values[i])) continue;
    const std::string where =
        "row " + std::to_string(i / columns) + ", column " + std::to_string(i % columns);
    throw InputError(name, where + " (from 0)", "a finite number", decimal(array.values[i]));
  }
  return {rows, columns, std::move(array.values), name};
}

std::vector<double> read_weights(const std::filesystem::path& path, std::size_t expected_count) {
  Array array = read_array(path);
  const std::string name = path.string();
  const std::vector<std::size_t>& shape = array.shape;
  const bool line = shape.size() == 1 || (shape.size() == 2 && std::min(shape[0], shape[1]) <= 1);
  if (!line) throw InputError(name, "shape", "one weight a token, in one row or column", shape_text(shape));
  if (array.values.size() != expected_count) {
    throw InputError(name, "weights", std::to_string(expected_count) + ", one a token",
                     std::to_string(array.values.size()));
  }
  for (std::size_t i = 0; i < array.values.size(); ++i) {
    const double weight = array.values[i];
    if (std::isfinite(weight) && weight > 0) continue;
    const std::string where = "weight " + std::to_string(i) + " (from 0)";
    throw InputError(name, where, "a finite number above 0", decimal(weight));
  }
  return std::move(array.values);
}

TokenMatrix select_rows(TokenMatrix tokens, std::string_view range) {
  const std::size_t colon = std::min(range.find(':'), range.size());
  const auto first = bound(range.substr(0, colon), 0);
  const auto last = colon < range.size() ? bound(range.substr(colon + 1), tokens.rows) : std::nullopt;
  if (!first || !last || *first >= *last || *last > tokens.rows) {
    throw InputError(tokens.name, "rows", "A:B with 0 <= A < B <= " + std::to_string(tokens.rows),
                     in_quotes(range));
  }
  const auto at = [&tokens](std::size_t row) {
    return tokens.values.begin() + static_cast<std::ptrdiff_t>(row * tokens.columns);
  };
  tokens.values.erase(at(*last), tokens.values.end());
  tokens.values.erase(tokens.values.begin(), at(*first));
  tokens.rows = *last - *first;
  return tokens;
}

}  // namespace sca::evidence
