#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "reference/interval.hpp"
#include "theory/complex.hpp"

namespace sca::evidence::eval {

struct Value;
using List = std::vector<Value>;
/// Fields in the order in which they are printed.
using Object = std::vector<std::pair<std::string, Value>>;

/// What has no value: 0/0, a distance between tokens where there is one token.
inline constexpr const char* undefined = "undefined";
/// A residual that is 0 because the equations can be solved.
inline constexpr const char* exact_zero = "exact_zero";
/// What could not be enclosed at this precision; more may help.
inline constexpr const char* undecided = "undecided";

/// A computed quantity before it is rounded to decimals: an enclosure, an exact number, a word, or a
/// structure of them.
struct Value {
  std::variant<Interval, Rational, long, std::string, List, Object> data;

  Value(Interval x) : data(std::move(x)) {}
  Value(Rational x) : data(std::move(x)) {}
  Value(long x) : data(x) {}
  Value(const char* word) : data(std::string(word)) {}
  Value(std::string word) : data(std::move(word)) {}
  Value(List list) : data(std::move(list)) {}
  Value(Object object) : data(std::move(object)) {}
  template <class Real>
  Value(const Complex<Real>& z) : data(Object{{"re", z.re}, {"im", z.im}}) {}
  template <class T>
  Value(const std::vector<T>& items) : data(List(items.begin(), items.end())) {}
};

}  // namespace sca::evidence::eval
