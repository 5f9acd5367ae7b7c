#include "evidence/input/csv.hpp"

#include <algorithm>
#include <charconv>
#include <system_error>
#include <vector>

#include "evidence/input/file.hpp"

namespace sca::evidence {
namespace {

std::string_view trimmed(std::string_view text, std::string_view blanks) {
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// from_chars and not strtod: a German locale would stop at the decimal point. It takes neither "+" nor "0x".
std::errc to_number(std::string_view field, double& value) {
  const bool negative = field.starts_with('-');
  if (negative || field.starts_with('+')) field.remove_prefix(1);
  const bool hex = field.starts_with("0x") || field.starts_with("0X");
  if (hex) field.remove_prefix(2);
  if (field.starts_with('-') || (hex && field.find_first_of("nN") != std::string_view::npos)) {
    return std::errc::invalid_argument;
  }
  const char* const end = field.data() + field.size();
  const auto format = hex ? std::chars_format::hex : std::chars_format::general;
  const auto [stop, status] = std::from_chars(field.data(), end, value, format);
  if (stop != end) return std::errc::invalid_argument;
  if (negative) value = -value;
  return status;
}

class CsvParser {
 public:
  explicit CsvParser(std::string_view file) : file_(file) {}

  Array parse(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      ++line_;
      line(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    if (values_.empty()) throw InputError(file_, "rows", "at least one line of numbers", "none");
    return {{values_.size() / columns_, columns_}, std::move(values_), "csv"};
  }

 private:
  void line(std::string_view text) {
    if (text.ends_with('\r')) text.remove_suffix(1);
    text = text.substr(0, text.find('#'));
    if (text.find_first_not_of(" \t") == std::string_view::npos) return;
    const bool first = first_line_ == 0;
    if (first) {
      first_line_ = line_;
      separator_ = separator_of(text);
    }
    split(text);
    if (first) columns_ = fields_.size();
    if (!first || !is_header()) row();
  }

  void row() {
    for (std::size_t c = 0; c < std::min(fields_.size(), columns_); ++c) values_.push_back(number(c));
    if (fields_.size() == columns_) return;
    const std::string rule =
        " (" + std::to_string(columns_) + " a row, as in line " + std::to_string(first_line_) + ")";
    if (fields_.size() < columns_) fail(fields_.size(), "a number" + rule, "the end of the line");
    fail(columns_, "the end of the line" + rule, in_quotes(fields_[columns_]));
  }

  static char separator_of(std::string_view text) {
    for (const char candidate : {',', ';', '\t'}) {
      if (text.find(candidate) != std::string_view::npos) return candidate;
    }
    return ' ';
  }

  void split(std::string_view text) {
    fields_.clear();
    const std::string_view blanks = separator_ == '\t' ? " " : " \t";
    if (separator_ == ' ') text = trimmed(text, " ");
    for (;;) {
      const std::size_t end = std::min(text.find(separator_), text.size());
      fields_.push_back(separator_ == ' ' ? text.substr(0, end) : trimmed(text.substr(0, end), blanks));
      if (end == text.size()) return;
      text.remove_prefix(end + 1);
      if (separator_ == ' ') text = trimmed(text, " ");
    }
  }

  /// A field that begins like a number ("1.o", "-") is a damaged number, not a name.
  bool is_header() const {
    return std::all_of(fields_.begin(), fields_.end(), [](std::string_view field) {
      double ignored = 0;
      return !field.empty() &&
             std::string_view("+-.0123456789").find(field.front()) == std::string_view::npos &&
             to_number(field, ignored) == std::errc::invalid_argument;
    });
  }

  double number(std::size_t column) const {
    const std::string_view field = fields_[column];
    double value = 0;
    const std::errc status = to_number(field, value);
    if (status == std::errc{}) return value;
    if (field.empty()) fail(column, "a number", "an empty field");
    if (status == std::errc::result_out_of_range)
      fail(column, "a number in the range of a double", in_quotes(field));
    if (field.find_first_of(",; \t") != std::string_view::npos) {
      const std::string rule = std::string(separator_name()) + ", as in line " + std::to_string(first_line_);
      fail(column, "a number between " + rule, in_quotes(field));
    }
    fail(column, "a number", in_quotes(field));
  }

  std::string_view separator_name() const {
    if (separator_ == ',') return "commas";
    if (separator_ == ';') return "semicolons";
    return separator_ == '\t' ? "tabs" : "blanks";
  }

  [[noreturn]] void fail(std::size_t column, std::string_view expected, std::string_view found) const {
    const std::string where = "line " + std::to_string(line_) + ", column " + std::to_string(column + 1);
    throw InputError(file_, where, expected, found);
  }

  std::string_view file_;
  std::size_t line_ = 0;
  std::size_t first_line_ = 0;
  std::size_t columns_ = 0;
  char separator_ = ' ';
  std::vector<std::string_view> fields_;
  std::vector<double> values_;
};

}  // namespace

Array parse_csv(std::string_view text, std::string_view name) { return CsvParser(name).parse(text); }

Array read_csv(const std::filesystem::path& path) {
  const std::string text = read_file(path);
  return parse_csv(text, path.string());
}

}  // namespace sca::evidence
