#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace sca::evidence::cuda {

/// A record's field as it stands in a cell: a string's text, a number's digits.
/// errors   InputError that names `path` where there is none
std::string text_of(const nlohmann::ordered_json& record, const char* field, std::string_view path);

/// The number in it, which may be kept as text.
/// errors   InputError that names `path` where there is none
double number_of(const nlohmann::ordered_json& record, const char* field, std::string_view path);

}  // namespace sca::evidence::cuda
