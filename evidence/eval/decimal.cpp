#include "evidence/eval/decimal.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <regex>

namespace sca::evidence::eval {
namespace {

// 0.d1 d2 d3 … * 10^exponent, as MPFR counts.
std::string layout(bool negative, const std::string& digits, long exponent) {
  const long scientific = exponent - 1;
  const auto count = static_cast<long>(digits.size());
  std::string text = negative ? "-" : "";
  if (scientific < -2 || scientific > 9 || scientific >= count) {
    text += digits.substr(0, 1) + (count > 1 ? "." + digits.substr(1) : "");
    return scientific == 0 ? text : text + (scientific < 0 ? "e" : "e+") + std::to_string(scientific);
  }
  if (exponent <= 0) return text + "0." + std::string(static_cast<std::size_t>(-exponent), '0') + digits;
  const auto whole = static_cast<std::size_t>(exponent);
  return text + digits.substr(0, whole) + (whole < digits.size() ? "." + digits.substr(whole) : "");
}

std::string rounded(mpfr_srcptr x, int digits) {
  if (mpfr_zero_p(x)) return "0";
  mpfr_exp_t exponent = 0;
  char* raw = mpfr_get_str(nullptr, &exponent, 10, static_cast<std::size_t>(digits), x, MPFR_RNDN);
  const std::string text(raw);
  mpfr_free_str(raw);
  const bool negative = text.front() == '-';
  return layout(negative, text.substr(negative ? 1 : 0), static_cast<long>(exponent));
}

Integer power_of_ten(long n) { return boost::multiprecision::pow(Integer(10), static_cast<unsigned>(n)); }

// floor(log10 x) for x > 0.
long decimal_exponent(const Rational& x) {
  const auto size = [](const Integer& n) { return static_cast<long>(n.str().size()); };
  const long guess = size(numerator(x)) - size(denominator(x));
  const Rational scale =
      guess < 0 ? Rational(1) / Rational(power_of_ten(-guess)) : Rational(power_of_ten(guess));
  return x < scale ? guess - 1 : guess;
}

bool bounded(const Interval& x) { return mpfi_bounded_p(x.backend().data()) != 0; }

}  // namespace

std::string to_decimal(const Rational& x, int digits) {
  if (x == 0) return "0";
  const Rational size = x < 0 ? Rational(-x) : x;
  long exponent = decimal_exponent(size) + 1;
  const long shift = digits - exponent;
  const Rational scaled = shift < 0 ? Rational(size / Rational(power_of_ten(-shift)))
                                    : Rational(size * Rational(power_of_ten(shift)));
  Integer whole = numerator(scaled) / denominator(scaled);
  const Rational rest = scaled - Rational(whole);
  const Rational half(1, 2);
  if (rest > half || (rest == half && whole % 2 != 0)) whole += 1;
  std::string text = whole.str();
  if (text.size() > static_cast<std::size_t>(digits)) {  // 99… became 100…
    text.pop_back();
    ++exponent;
  }
  return layout(x < 0, text, exponent);
}

std::optional<std::string> to_decimal(const Interval& x, int digits) {
  if (!bounded(x)) return std::nullopt;
  mpfi_srcptr raw = x.backend().data();
  if (contains_zero(x) && !is_exactly_zero(x)) return std::nullopt;
  std::string low = rounded(&raw->left, digits);
  if (low != rounded(&raw->right, digits)) return std::nullopt;
  return low;
}

std::optional<std::string> partial_decimal(const Interval& x, int digits) {
  if (!bounded(x)) return std::nullopt;
  if (contains_zero(x)) {
    const Interval size = magnitude(x);
    mpfr_t exponent;
    mpfr_init2(exponent, 64);
    mpfr_log10(exponent, &size.backend().data()->right, MPFR_RNDU);
    const long n = mpfr_get_si(exponent, MPFR_RNDD) + 1;  // |x| < 10^n, strictly
    mpfr_clear(exponent);
    return n > 0 ? std::nullopt : std::optional("0e" + std::to_string(n));
  }
  const double certified = certified_digits(x);
  if (certified < 1) return std::nullopt;
  const int count = static_cast<int>(std::min<double>(std::floor(certified), digits));
  return rounded(&midpoint(x).backend().data()->left, count);
}

bool is_decimal(const std::string& text) {
  static const std::regex form("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
  // std::regex recurses once a character: a number that long is not one of ours.
  return text.size() <= 40'000 && std::regex_match(text, form);
}

std::optional<Rational> from_decimal(const std::string& text) {
  if (!is_decimal(text)) return std::nullopt;
  const std::size_t mark = std::min(text.find_first_of("eE"), text.size());
  long exponent = 0;
  if (mark < text.size()) {
    if (text.size() - mark > 10) return std::nullopt;
    exponent = std::stol(text.substr(mark + 1));
  }
  if (std::abs(exponent) > exponent_limit) return std::nullopt;
  std::string digits = text.substr(0, mark);
  const std::size_t point = digits.find('.');
  if (point != std::string::npos) {
    exponent -= static_cast<long>(digits.size() - point - 1);
    digits.erase(point, 1);
  }
  const bool negative = digits.front() == '-';
  digits.erase(0, negative ? 1 : 0);
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));  // Boost reads 010 as octal
  Rational value{Integer(digits)};
  value = exponent < 0 ? Rational(value / Rational(power_of_ten(-exponent)))
                       : Rational(value * Rational(power_of_ten(exponent)));
  return negative ? Rational(-value) : value;
}

int significant_digits(const std::string& text) {
  int count = 0;
  bool leading = true;
  for (const char c : text) {
    if (c == 'e' || c == 'E') break;
    if (c < '0' || c > '9') continue;
    leading = leading && c == '0';
    if (!leading) ++count;
  }
  return count;
}

}  // namespace sca::evidence::eval
