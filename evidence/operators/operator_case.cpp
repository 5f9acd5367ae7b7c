#include "evidence/operators/operator_case.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <sstream>

#include "evidence/input/error.hpp"
#include "evidence/operators/definition.hpp"
#include "evidence/operators/regimes.hpp"

namespace sca::evidence::operators {
namespace {

std::uint64_t natural_number(const std::string& field, const std::string& text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size())
    throw InputError("case", field, "a number from 0 on", in_quotes(text));
  return value;
}

std::size_t size_within(const Size& size, const std::string& text) {
  const std::uint64_t value = natural_number(std::string(size.name), text);
  if (value < size.least || value > size.written) {
    throw InputError("case", std::string(size.name), fmt::format("from {} to {}", size.least, size.written),
                     in_quotes(text));
  }
  return value;
}

}  // namespace

std::string to_line(const OperatorCase& one) {
  std::string line = one.name;
  for (const Size& size : definition(one.name)->sizes)
    line += fmt::format(" {}={}", size.name, one.size(size.name));
  return line + fmt::format(" regime={} seed={}", one.regime, one.seed);
}

OperatorCase parse_operator_case(std::string_view line) {
  std::istringstream words{std::string(line)};
  OperatorCase one;
  words >> one.name;
  const Definition* found = definition(one.name);
  if (found == nullptr) throw InputError("case", "kind", "core or an operator", in_quotes(one.name));
  std::map<std::string, std::string, std::less<>> given;
  for (std::string word; words >> word;) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos) throw InputError("case", word, "FIELD=VALUE", in_quotes(word));
    if (!given.emplace(word.substr(0, equals), word.substr(equals + 1)).second)
      throw InputError("case", word.substr(0, equals), "one value", "two");
  }
  const auto take = [&](std::string_view field) {
    const auto node = given.extract(std::string(field));
    if (node.empty()) throw InputError("case", std::string(field), fmt::format("{}=VALUE", field), "nothing");
    return node.mapped();
  };
  for (const Size& size : found->sizes) one.sizes.emplace(size.name, size_within(size, take(size.name)));
  one.regime = take("regime");
  if (std::ranges::find(regimes(), std::string_view(one.regime), &Regime::name) == regimes().end())
    throw InputError("case", "regime", "a known regime", in_quotes(one.regime));
  one.seed = natural_number("seed", take("seed"));
  if (!given.empty()) throw InputError("case", given.begin()->first, "no such field", "one");
  return one;
}

}  // namespace sca::evidence::operators
