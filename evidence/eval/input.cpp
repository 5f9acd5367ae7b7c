#include "evidence/eval/input.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace sca::evidence::eval {
namespace {

constexpr std::size_t longest_number =
    20'000;  // characters; a few times the digits of any sensible precision
// Powers of ten. Products of two such numbers are still within what `evaluate` raises the precision for, and
// beyond that a sine costs seconds.
constexpr std::size_t largest_exponent = 600;

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

Integer parse_digits(std::string_view text) {
  // Boost takes a leading zero for octal.
  text.remove_prefix(std::min(text.find_first_not_of('0'), text.size() - 1));
  return Integer(std::string(text));
}

std::optional<Rational> parse_rational(std::string_view text) {
  if (text.size() > longest_number) return std::nullopt;
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const std::size_t slash = text.find('/');
  const std::string_view above = text.substr(0, slash);
  const std::string_view below = slash == std::string_view::npos ? "1" : text.substr(slash + 1);
  if (!all_digits(above) || !all_digits(below)) return std::nullopt;
  const Integer denominator = parse_digits(below);
  if (denominator == 0) return std::nullopt;
  const Rational value = Rational(parse_digits(above)) / Rational(denominator);
  return negative ? Rational(-value) : value;
}

// 0, or about 10^-600 to 10^600.
bool of_sensible_size(const Rational& x) {
  const std::size_t above = numerator(x).str().size();
  const std::size_t below = denominator(x).str().size();
  return x == 0 || (above <= below + largest_exponent && below <= above + largest_exponent);
}

std::string subscript(const std::string& field, std::size_t i) {
  return field + "[" + std::to_string(i) + "]";
}

}  // namespace

std::string described(const Json& value) {
  if (value.is_array()) return "a list of " + std::to_string(value.size());
  if (value.is_object()) return "an object";
  if (value.is_string()) return in_quotes(value.get_ref<const std::string&>());
  if (value.is_number_float()) return "a binary float";
  return value.dump();
}

Fields::Fields(std::string file, std::string where, const Json& input)
    : file_(std::move(file)), where_(std::move(where)), input_(&input) {}

void Fields::fail(const std::string& field, const std::string& expected, const std::string& found) const {
  throw InputError(file_, where_ + ": " + field, expected, found);
}

const Json& Fields::at(const std::string& field) const {
  const auto found = input_->find(field);
  if (found == input_->end()) fail(field, "a value", "no such field");
  return *found;
}

Rational Fields::number(const Json& value, const std::string& field) const {
  std::optional<Rational> result;
  if (value.is_number_integer()) result = parse_rational(value.dump());
  if (value.is_string()) result = parse_rational(value.get_ref<const std::string&>());
  if (!result) fail(field, "an exact rational such as \"-3/4\"", described(value));
  if (!of_sensible_size(*result)) fail(field, "0 or a magnitude from 1e-600 to 1e600", described(value));
  return *result;
}

long Fields::bounded(const Json& value, const std::string& field, long low, long high) const {
  const Rational x = number(value, field);
  if (denominator(x) != 1 || x < low || x > high) {
    fail(field, "an integer from " + std::to_string(low) + " to " + std::to_string(high), described(value));
  }
  return numerator(x).convert_to<long>();
}

std::vector<Rational> Fields::row(const Json& value, const std::string& field) const {
  if (!value.is_array() || value.empty()) fail(field, "a nonempty list", described(value));
  std::vector<Rational> result;
  result.reserve(value.size());
  for (std::size_t i = 0; i < value.size(); ++i) result.push_back(number(value[i], subscript(field, i)));
  return result;
}

Rational Fields::rational(const std::string& field) const { return number(at(field), field); }

Rational Fields::positive(const std::string& field) const {
  Rational x = rational(field);
  if (x <= 0) fail(field, "a positive number", described(at(field)));
  return x;
}

long Fields::integer(const std::string& field, long low, long high) const {
  return bounded(at(field), field, low, high);
}

std::vector<Rational> Fields::vector(const std::string& field) const { return row(at(field), field); }

std::vector<Rational> Fields::vector(const std::string& field, std::size_t size) const {
  std::vector<Rational> result = vector(field);
  if (result.size() != size) fail(field, "a list of " + std::to_string(size), described(at(field)));
  return result;
}

std::vector<std::vector<Rational>> Fields::table(const std::string& field) const {
  const Json& value = at(field);
  if (!value.is_array() || value.empty()) fail(field, "a nonempty list of lists", described(value));
  std::vector<std::vector<Rational>> rows;
  for (std::size_t i = 0; i < value.size(); ++i) {
    rows.push_back(row(value[i], subscript(field, i)));
    if (rows[i].size() != rows[0].size()) {
      fail(subscript(field, i), std::to_string(rows[0].size()) + " numbers, as in the first row",
           std::to_string(rows[i].size()));
    }
  }
  return rows;
}

std::vector<Rational> Fields::table(const std::string& field, std::size_t rows, std::size_t columns) const {
  const auto nested = table(field);
  if (nested.size() != rows || nested[0].size() != columns) {
    fail(field, std::to_string(rows) + " x " + std::to_string(columns) + " numbers",
         std::to_string(nested.size()) + " x " + std::to_string(nested[0].size()));
  }
  std::vector<Rational> result;
  for (const auto& values : nested) result.insert(result.end(), values.begin(), values.end());
  return result;
}

std::vector<long> Fields::integers(const std::string& field, long low, long high) const {
  const Json& value = at(field);
  if (!value.is_array()) fail(field, "a list of integers", described(value));
  std::vector<long> result;
  for (std::size_t i = 0; i < value.size(); ++i) {
    result.push_back(bounded(value[i], subscript(field, i), low, high));
  }
  return result;
}

bool Fields::holds(const std::string& field, const std::string& word) const {
  const Json& value = at(field);
  return value.is_string() && value.get_ref<const std::string&>() == word;
}

Fields Fields::object(const std::string& field) const {
  const Json& value = at(field);
  if (!value.is_object()) fail(field, "an object", described(value));
  return {file_, where_ + ": " + field, value};
}

Prefix<Rational> Fields::uniform() const {
  const auto rows = table("tokens");
  std::vector<Rational> tokens;
  for (const auto& token : rows) tokens.insert(tokens.end(), token.begin(), token.end());
  return uniform_prefix(std::move(tokens), rows[0].size());
}

Prefix<Rational> Fields::prefix() const {
  Prefix<Rational> prefix = uniform();
  prefix.weights = vector("weights", prefix.t);
  for (std::size_t k = 0; k < prefix.t; ++k) {
    if (prefix.weights[k] < 0) {
      fail(subscript("weights", k), "a number >= 0", in_quotes(prefix.weights[k].str()));
    }
  }
  return prefix;
}

std::size_t Fields::index(std::size_t tokens) const {
  return static_cast<std::size_t>(integer("j", 0, static_cast<long>(tokens) - 1));
}

}  // namespace sca::evidence::eval
