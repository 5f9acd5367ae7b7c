#pragma once

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <vector>

#include "evidence/input/error.hpp"
#include "reference/interval.hpp"
#include "theory/prefix.hpp"

namespace sca::evidence::eval {

using Json = nlohmann::ordered_json;

/// The input of one case. Every reader checks what it reads; what does not fit is an InputError, whose
/// message names the file, the case, the field, what was expected and what was found.
///
/// Numbers are exact: "a/b", "a", or a JSON integer.
class Fields {
 public:
  Fields(std::string file, std::string where, const Json& input);

  Rational rational(const std::string& field) const;
  /// > 0
  Rational positive(const std::string& field) const;
  /// An integer within [low, high].
  long integer(const std::string& field, long low, long high) const;
  std::vector<Rational> vector(const std::string& field) const;
  std::vector<Rational> vector(const std::string& field, std::size_t size) const;
  /// A table of equally long, nonempty rows.
  std::vector<std::vector<Rational>> table(const std::string& field) const;
  std::vector<Rational> table(const std::string& field, std::size_t rows, std::size_t columns) const;
  std::vector<long> integers(const std::string& field, long low, long high) const;
  /// The word, where the field holds exactly that.
  bool holds(const std::string& field, const std::string& word) const;
  /// A nested object.
  Fields object(const std::string& field) const;

  /// `tokens` (equally long, at least one) and `weights` (>= 0, one a token).
  Prefix<Rational> prefix() const;
  /// `tokens` under the uniform law.
  Prefix<Rational> uniform() const;
  /// Index `j` of a token.
  std::size_t index(std::size_t tokens) const;

  [[noreturn]] void fail(const std::string& field, const std::string& expected,
                         const std::string& found) const;

 private:
  const Json& at(const std::string& field) const;
  Rational number(const Json& value, const std::string& field) const;
  std::vector<Rational> row(const Json& value, const std::string& field) const;
  long bounded(const Json& value, const std::string& field, long low, long high) const;

  std::string file_;
  std::string where_;
  const Json* input_;
};

/// What a message says of a JSON value: its type and, if short, itself.
std::string described(const Json& value);

}  // namespace sca::evidence::eval
