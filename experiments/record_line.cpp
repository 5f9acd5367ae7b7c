#include "experiments/record_line.hpp"

#include <charconv>

#include "evidence/input/error.hpp"

namespace sca::experiments {

using evidence::in_quotes;
using evidence::InputError;

std::string RecordLine::text(const char* field) const {
  const auto found = json.find(field);
  if (found == json.end() || !found->is_string())
    throw InputError(where, field, "text", found == json.end() ? "none" : in_quotes(found->dump()));
  return *found;
}

double RecordLine::number(const char* field) const {
  const auto found = json.find(field);
  if (found != json.end() && found->is_number()) return *found;
  const std::string digits = text(field);
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size())
    throw InputError(where, field, "a decimal", in_quotes(digits));
  return value;
}

std::size_t RecordLine::count(const char* field) const {
  const auto found = json.find(field);
  if (found == json.end() || !found->is_number_unsigned())
    throw InputError(where, field, "a count", "another");
  return *found;
}

}  // namespace sca::experiments
