#include "evidence/input/npy.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>

#include "evidence/input/elements.hpp"
#include "evidence/input/file.hpp"
#include "evidence/input/npy_header.hpp"

namespace sca::evidence {
namespace {

struct Parts {
  std::string_view header;
  std::string_view data;
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

ElementType type_of(std::string_view descr, std::string_view name) {
  constexpr std::array<std::string_view, 6> types{"f2", "f4", "f8", "i4", "i8", "u2"};
  const bool ordered = descr.starts_with('<') || descr.starts_with('>');
  if (ordered && std::find(types.begin(), types.end(), descr.substr(1)) != types.end()) {
    return {descr[1], static_cast<std::size_t>(descr[2] - '0'), descr[0] == '>'};
  }
  throw InputError(name, "header key 'descr'", "'<' or '>' (the byte order), then f2, f4, f8, i4, i8 or u2",
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

/// Walks the file in its own order; `index` and `place` (in C order) are the current element's.
std::vector<double> values_of(std::string_view data, const ElementType& type, bool fortran_order,
                              const std::vector<std::size_t>& shape, std::string_view name) {
  const std::size_t axes = shape.size();
  std::vector<std::size_t> stride(axes, 1);
  for (std::size_t a = axes; a-- > 1;) stride[a - 1] = stride[a] * shape[a];
  std::vector<std::size_t> index(axes, 0);
  std::vector<double> values(data.size() / type.width);
  std::size_t place = 0;
  for (std::size_t element = 0; element < values.size(); ++element) {
    const std::uint64_t bits = load_bits(data.data() + element * type.width, type);
    const std::optional<double> value = to_double(bits, type);
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
  NpyHeader header = parse_npy_header(parts.header, name);
  const ElementType type = type_of(header.descr, name);
  require_filled(header.shape, type.width, parts.data, name);
  std::vector<double> values = values_of(parts.data, type, header.fortran_order, header.shape, name);
  return {std::move(header.shape), std::move(values), std::move(header.descr)};
}

Array read_npy(const std::filesystem::path& path) {
  const std::string bytes = read_file(path);
  return parse_npy(std::as_bytes(std::span(bytes)), path.string());
}

}  // namespace sca::evidence
