#include "evidence/cuda/fields.hpp"

#include <charconv>

#include "evidence/input/error.hpp"

namespace sca::evidence::cuda {

std::string text_of(const nlohmann::ordered_json& record, const char* field, std::string_view path) {
  const auto found = record.find(field);
  if (found == record.end()) throw InputError(path, field, "a record with it", in_quotes(record.dump()));
  return found->is_string() ? found->get<std::string>() : found->dump();
}

double number_of(const nlohmann::ordered_json& record, const char* field, std::string_view path) {
  const std::string digits = text_of(record, field, path);
  double number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size())
    throw InputError(path, field, "a number", in_quotes(digits));
  return number;
}

}  // namespace sca::evidence::cuda
