#include "evidence/input/npy.hpp"

#include "evidence/input/csv.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <system_error>

namespace sca::evidence {
namespace {

constexpr std::size_t max_dimensions = 64;  // numpy's own limit since 2.0

struct Format {
  char kind;
  std::size_t width;
  bool big_endian;
};

struct Header {
  std::optional<std::string> descr;
  std::optional<bool> fortran_order;
  std::optional<std::vector<std::size_t>> shape;
};

struct Parts {
  std::string_view header;
  std::string_view data;
};

/// Reads the dictionary as numpy writes it and no other Python: a header that needs more was not written by
/// an array saver, and guessing at it would be guessing at the numbers.
class HeaderParser {
 public:
  HeaderParser(std::string_view text, std::string_view file) : rest_(text), file_(file) {}

  Header parse() {
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
    return std::move(header_);
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
  Header header_;
};

/// Cuts magic string, version and header length off, believing the length only as far as there are bytes.
Parts split(std::string_view file, std::string_view name) {
  constexpr std::string_view magic = "\x93NUMPY";
  const std::string_view start = file.substr(0, magic.size());
  if (start != magic) {
    const std::string found = start.empty() ? "an empty file" : in_quotes(start);
    throw InputError(name, "magic string", in_quotes(magic), found);
  }
  const auto byte = [file](std::size_t at) { return static_cast<unsigned char>(file[at]); };
  const std::string truncated = "the end of the file after " + std::to_string(file.size()) + " bytes";
  if (file.size() < 8) throw InputError(name, "format version", "two bytes", truncated);
  const unsigned major = byte(6);
  const unsigned minor = byte(7);
  if (major < 1 || major > 3 || minor != 0) {
    const std::string found = std::to_string(major) + "." + std::to_string(minor);
    throw InputError(name, "format version", "1.0, 2.0 or 3.0", found);
  }
  const std::size_t width = major == 1 ? 2 : 4;
  if (file.size() < 8 + width)
    throw InputError(name, "header length", std::to_string(width) + " bytes", truncated);
  std::size_t length = 0;
  for (std::size_t i = width; i > 0; --i) length = (length << 8) | byte(7 + i);
  const std::string_view rest = file.substr(8 + width);
  if (length > rest.size()) {
    const std::string limit = "at most " + std::to_string(rest.size()) + ", the bytes that follow it";
    throw InputError(name, "header length", limit, std::to_string(length));
  }
  return {rest.substr(0, length), rest.substr(length)};
}

Format format_of(std::string_view descr, std::string_view name) {
  constexpr std::array<std::string_view, 5> types{"f2", "f4", "f8", "i4", "i8"};
  const bool ordered = descr.starts_with('<') || descr.starts_with('>');
  if (ordered && std::find(types.begin(), types.end(), descr.substr(1)) != types.end()) {
    return {descr[1], static_cast<std::size_t>(descr[2] - '0'), descr[0] == '>'};
  }
  throw InputError(name, "header key 'descr'", "'<' or '>' (the byte order), then f2, f4, f8, i4 or i8",
                   in_quotes(descr) + (descr.ends_with('O') ? " (Python objects)" : ""));
}

std::string tuple(const std::vector<std::size_t>& numbers) {
  std::string text = "(";
  for (std::size_t i = 0; i < numbers.size(); ++i) text += (i > 0 ? ", " : "") + std::to_string(numbers[i]);
  return text + (numbers.size() == 1 ? ",)" : ")");
}

/// Whether values of this shape are exactly what `data` holds. A dimension of 0 does not excuse the others: a
/// product that overflows without it is a header that nobody meant.
void require_filled(const std::vector<std::size_t>& shape, std::size_t width, std::string_view data,
                    std::string_view name) {
  std::size_t needed = width;
  bool empty = false;
  bool overflow = false;
  for (const std::size_t dimension : shape) {
    empty = empty || dimension == 0;
    const std::size_t factor = std::max<std::size_t>(dimension, 1);
    overflow = overflow || needed > std::numeric_limits<std::size_t>::max() / factor;
    needed *= factor;
  }
  if (empty) needed = 0;
  if (!overflow && needed == data.size()) return;
  throw InputError(name, "data",
                   (overflow ? "more than 2^64" : std::to_string(needed)) + " bytes, for shape " +
                       one_line(tuple(shape), 100) + " at " + std::to_string(width) + " bytes a value",
                   std::to_string(data.size()));
}

/// IEEE binary16: subnormals are multiples of 2^-24, the top exponent is infinity (no mantissa) or NaN.
double half(std::uint64_t bits) {
  const auto exponent = static_cast<int>((bits >> 10) & 31u);
  const auto mantissa = static_cast<double>(bits & 1023u);
  double magnitude = exponent == 0 ? std::ldexp(mantissa, -24) : std::ldexp(1024 + mantissa, exponent - 25);
  if (exponent == 31) magnitude = mantissa > 0 ? NAN : INFINITY;
  return (bits & 0x8000u) != 0 ? -magnitude : magnitude;
}

/// The value if some double equals it.
std::optional<double> to_double(std::uint64_t bits, const Format& format) {
  if (format.kind == 'f' && format.width == 2) return half(bits);
  if (format.kind == 'f' && format.width == 4) return std::bit_cast<float>(static_cast<std::uint32_t>(bits));
  if (format.kind == 'f') return std::bit_cast<double>(bits);
  if (format.width == 4) return static_cast<std::int32_t>(static_cast<std::uint32_t>(bits));
  const auto value = static_cast<std::int64_t>(bits);
  const std::uint64_t magnitude = value < 0 ? ~bits + 1 : bits;
  const std::uint64_t significant = magnitude == 0 ? 0 : magnitude >> std::countr_zero(magnitude);
  if (significant >> std::numeric_limits<double>::digits != 0) return std::nullopt;
  return static_cast<double>(value);
}

std::uint64_t load(std::string_view data, const Format& format) {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < format.width; ++i) {
    bits = (bits << 8) | static_cast<unsigned char>(data[format.big_endian ? i : format.width - 1 - i]);
  }
  return bits;
}

/// Walks the file in its own order; `index` and `place` (in C order) are the current element's.
std::vector<double> values_of(std::string_view data, const Format& format, bool fortran_order,
                              const std::vector<std::size_t>& shape, std::string_view name) {
  const std::size_t axes = shape.size();
  std::vector<std::size_t> stride(axes, 1);
  for (std::size_t a = axes; a-- > 1;) stride[a - 1] = stride[a] * shape[a];
  std::vector<std::size_t> index(axes, 0);
  std::vector<double> values(data.size() / format.width);
  std::size_t place = 0;
  for (std::size_t element = 0; element < values.size(); ++element) {
    const std::uint64_t bits = load(data.substr(element * format.width, format.width), format);
    const std::optional<double> value = to_double(bits, format);
    if (!value) {
      throw InputError(name, "data at index " + tuple(index) + " (from 0)",
                       "an integer that a double can hold", std::to_string(static_cast<std::int64_t>(bits)));
    }
    values[place] = *value;
    for (std::size_t step = 0; step < axes; ++step) {
      const std::size_t a = fortran_order ? step : axes - 1 - step;
      place += stride[a];
      if (++index[a] < shape[a]) break;
      place -= stride[a] * shape[a];
      index[a] = 0;
    }
  }
  return values;
}

}  // namespace

Array parse_npy(std::span<const std::byte> bytes, std::string_view name) {
  const Parts parts = split({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, name);
  const Header header = HeaderParser(parts.header, name).parse();
  const Format format = format_of(*header.descr, name);
  require_filled(*header.shape, format.width, parts.data, name);
  return {*header.shape, values_of(parts.data, format, *header.fortran_order, *header.shape, name),
          *header.descr};
}

Array read_npy(const std::filesystem::path& path) {
  const std::string bytes = read_file(path);
  return parse_npy(std::as_bytes(std::span(bytes)), path.string());
}

}  // namespace sca::evidence
