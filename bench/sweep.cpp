#include "bench/sweep.hpp"

#include <algorithm>
#include <charconv>
#include <sstream>

#include "evidence/input/error.hpp"

namespace sca::bench {
namespace {

constexpr std::int64_t largest = std::int64_t{1} << 24U;

[[noreturn]] void refuse(std::string_view option, const std::string& part) {
  throw evidence::InputError(option, "sweep", "N, A:B:xFACTOR or A:B:+STEP with 1 <= A <= B <= 2^24",
                             evidence::in_quotes(part));
}

std::int64_t number(std::string_view option, const std::string& part, std::string_view digits) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size() || value < 1 || value > largest)
    refuse(option, part);
  return value;
}

std::vector<std::int64_t> range(std::string_view option, const std::string& part, std::size_t colon) {
  const std::string_view all(part);
  const std::size_t second = part.find(':', colon + 1);
  if (second == std::string::npos || second + 2 > part.size()) refuse(option, part);
  const std::int64_t first = number(option, part, all.substr(0, colon));
  const std::int64_t last = number(option, part, all.substr(colon + 1, second - colon - 1));
  const char how = part[second + 1];
  const std::int64_t by = number(option, part, all.substr(second + 2));
  if ((how != 'x' && how != '+') || (how == 'x' && by == 1) || first > last) refuse(option, part);
  std::vector<std::int64_t> values;
  for (std::int64_t value = first; value <= last; value = how == 'x' ? value * by : value + by)
    values.push_back(value);
  return values;
}

}  // namespace

std::vector<std::int64_t> parse_sweep(std::string_view option, const std::string& text) {
  std::vector<std::int64_t> result;
  std::istringstream parts(text + ",");
  for (std::string part; std::getline(parts, part, ',');) {
    const std::size_t colon = part.find(':');
    const auto values =
        colon == std::string::npos ? std::vector{number(option, part, part)} : range(option, part, colon);
    for (const std::int64_t value : values) {
      if (std::ranges::find(result, value) == result.end()) result.push_back(value);
    }
  }
  return result;
}

}  // namespace sca::bench
