#pragma once

#include <array>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>

namespace sca::evidence {

namespace detail {

/// Length of the UTF-8 sequence that starts `text` if it is well formed and shows on the current line, else
/// 0. Controls (C0, C1), line separators and invisible or direction-changing marks could forge or hide text.
inline std::size_t visible_length(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  if (lead < 0x80) return lead >= 0x20 && lead != 0x7F ? 1 : 0;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (text.size() < length) return 0;
  unsigned code = lead & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    if ((next & 0xC0u) != 0x80u) return 0;
    code = (code << 6) | (next & 0x3Fu);
  }
  constexpr std::array<unsigned, 5> shortest{0, 0, 0x80, 0x800, 0x10000};
  const auto within = [code](unsigned first, unsigned last) { return code >= first && code <= last; };
  const bool hidden = code < 0xA0 || code == 0xAD || code == 0x61C || within(0x200B, 0x200F) ||
                      within(0x2028, 0x202E) || within(0x2060, 0x206F) || code == 0xFEFF;
  return code < shortest[length] || code > 0x10FFFF || within(0xD800, 0xDFFF) || hidden ? 0 : length;
}

}  // namespace detail

/// `text` on one line: what a terminal would not show as itself becomes \xNN, and from `limit` bytes on there
/// is only "...". Applying it twice changes nothing more, as long as the limit is not reached.
inline std::string one_line(std::string_view text, std::size_t limit) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string shown;
  while (!text.empty()) {
    const std::size_t length = detail::visible_length(text);
    const auto byte = static_cast<unsigned char>(text.front());
    const std::string piece = length > 0 ? std::string(text.substr(0, length))
                                         : std::string{'\\', 'x', digits[byte >> 4], digits[byte & 15u]};
    if (shown.size() + piece.size() > limit) return shown + "...";
    shown += piece;
    text.remove_prefix(length > 0 ? length : 1);
  }
  return shown;
}

/// A value taken from the input, in quotes, shortened to what a message has room for.
inline std::string in_quotes(std::string_view text) {
  return std::string("'").append(one_line(text, 40)).append("'");
}

/// Input that cannot be used. The message is one line, "FILE: FIELD: expected EXPECTED, found FOUND",
/// whatever the input holds; the command line prints it and exits with 2.
class InputError : public std::runtime_error {
 public:
  InputError(std::string_view file, std::string_view field, std::string_view expected, std::string_view found)
      : std::runtime_error(one_line(file, 4096) + ": " + one_line(field, 200) + ": expected " +
                           one_line(expected, 300) + ", found " + one_line(found, 300)) {}
};

}  // namespace sca::evidence
