#include "kernels/cuda/ptx/load/number.hpp"

#include <charconv>

namespace sca::kernels::cuda::ptx {
namespace {

std::optional<U64> parse_digits(std::string_view digits, int base) {
  U64 value = 0;
  const char* end = digits.data() + digits.size();
  const auto [stopped, error] = std::from_chars(digits.data(), end, value, base);
  if (digits.empty() || stopped != end || error != std::errc()) return std::nullopt;
  return value;
}

std::optional<U64> parse_natural(std::string_view text) {
  if (text.ends_with('U') || text.ends_with('u')) text.remove_suffix(1);
  if (text.size() < 2 || text[0] != '0') return parse_digits(text, 10);
  switch (text[1]) {
    case 'x':
    case 'X': return parse_digits(text.substr(2), 16);
    case 'b':
    case 'B': return parse_digits(text.substr(2), 2);
    case 'f':
    case 'F': return text.size() == 10 ? parse_digits(text.substr(2), 16) : std::nullopt;
    case 'd':
    case 'D': return text.size() == 18 ? parse_digits(text.substr(2), 16) : std::nullopt;
    default: return parse_digits(text.substr(1), 8);
  }
}

}  // namespace

std::optional<U64> parse_number(std::string_view text) {
  if (!text.starts_with('-')) return parse_natural(text);
  const std::optional<U64> value = parse_natural(text.substr(1));
  if (!value) return std::nullopt;
  return U64{0} - *value;
}

}  // namespace sca::kernels::cuda::ptx
