#include "evidence/input/npy_header.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <system_error>
#include <utility>

#include "evidence/input/error.hpp"

namespace sca::evidence {
namespace {

constexpr std::size_t max_dimensions = 64;  // numpy's own limit since 2.0

struct Entries {
  std::optional<std::string> descr;
  std::optional<bool> fortran_order;
  std::optional<std::vector<std::size_t>> shape;
};

/// Reads the dictionary as numpy writes it and no other Python: a header that needs more was not written by
/// an array saver, and guessing at it would be guessing at the numbers.
class HeaderParser {
 public:
  HeaderParser(std::string_view text, std::string_view file) : rest_(text), file_(file) {}

  NpyHeader parse() {
    expect('{', "header", "a dictionary");
    while (!take('}')) {
      entry();
      if (take(',')) continue;
      expect('}', "header", "',' or '}'");
      break;
    }
    if (!remaining().empty()) fail("header", "nothing but blanks and newlines after '}'");
    require(header_.descr.has_value(), "descr");
    require(header_.fortran_order.has_value(), "fortran_order");
    require(header_.shape.has_value(), "shape");
    return {std::move(*header_.descr), *header_.fortran_order, std::move(*header_.shape)};
  }

 private:
  void entry() {
    const std::string key = string("header", "a key in quotes");
    expect(':', "header key " + in_quotes(key), "':'");
    if (key == "descr") {
      set(header_.descr, key, descr());
    } else if (key == "fortran_order") {
      set(header_.fortran_order, key, boolean());
    } else if (key == "shape") {
      set(header_.shape, key, shape());
    } else {
      throw InputError(file_, "header", "only the keys 'descr', 'fortran_order' and 'shape'",
                       "the key " + in_quotes(key));
    }
  }

  template <class Value>
  void set(std::optional<Value>& slot, const std::string& key, Value value) const {
    if (slot) throw InputError(file_, "header key " + in_quotes(key), "it once", "it twice");
    slot = std::move(value);
  }

  std::string descr() {
    constexpr std::string_view field = "header key 'descr'";
    skip_blanks();
    if (rest_.starts_with('[') || rest_.starts_with('(')) fail(field, "a plain type, not a structured one");
    return string(field, "a type in quotes");
  }

  bool boolean() {
    skip_blanks();
    for (const bool value : {false, true}) {
      const std::string_view word = value ? "True" : "False";
      if (!rest_.starts_with(word)) continue;
      rest_.remove_prefix(word.size());
      return value;
    }
    fail("header key 'fortran_order'", "True or False");
  }

  std::vector<std::size_t> shape() {
    constexpr std::string_view field = "header key 'shape'";
    expect('(', field, "a tuple of dimensions");
    std::vector<std::size_t> dimensions;
    while (!take(')')) {
      if (dimensions.size() == max_dimensions) fail(field, "at most 64 dimensions");
      dimensions.push_back(dimension());
      if (take(',')) continue;
      // Python reads "(3)" as a number: a tuple of one has its comma.
      if (dimensions.size() == 1) fail(field, "',' after the only dimension");
      expect(')', field, "',' or ')'");
      break;
    }
    return dimensions;
  }

  std::size_t dimension() {
    skip_blanks();
    std::size_t value = 0;
    const char* const end = rest_.data() + rest_.size();
    const auto [stop, status] = std::from_chars(rest_.data(), end, value);
    const bool padded = stop - rest_.data() > 1 && rest_.front() == '0';
    if (status != std::errc{} || padded) fail("header key 'shape'", "a dimension from 0 to 2^64 - 1");
    rest_.remove_prefix(static_cast<std::size_t>(stop - rest_.data()));
    return value;
  }

  /// No escapes and no prefixes: numpy needs neither for a plain type or its three keys.
  std::string string(std::string_view field, std::string_view expected) {
    skip_blanks();
    if (!rest_.starts_with('\'') && !rest_.starts_with('"')) fail(field, expected);
    const std::size_t close = rest_.find(rest_.front(), 1);
    if (close == std::string_view::npos) fail(field, "a closing quote");
    std::string text(rest_.substr(1, close - 1));
    if (text.find_first_of("\\\n") != std::string::npos) fail(field, "text without escapes or newlines");
    rest_.remove_prefix(close + 1);
    return text;
  }

  void skip_blanks() { rest_.remove_prefix(std::min(rest_.find_first_not_of(' '), rest_.size())); }

  bool take(char wanted) {
    skip_blanks();
    if (!rest_.starts_with(wanted)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  void expect(char wanted, std::string_view field, std::string_view expected) {
    if (!take(wanted)) fail(field, expected);
  }

  void require(bool present, const std::string& key) const {
    if (!present) throw InputError(file_, "header key " + in_quotes(key), "it to be there", "no such key");
  }

  [[noreturn]] void fail(std::string_view field, std::string_view expected) const {
    const std::string_view rest = remaining();
    throw InputError(file_, field, expected, rest.empty() ? "the end of the header" : in_quotes(rest));
  }

  /// Without the padding at the end.
  std::string_view remaining() const { return rest_.substr(0, rest_.find_last_not_of(" \n") + 1); }

  std::string_view rest_;
  std::string_view file_;
  Entries header_;
};

}  // namespace

NpyHeader parse_npy_header(std::string_view text, std::string_view name) {
  return HeaderParser(text, name).parse();
}

}  // namespace sca::evidence
