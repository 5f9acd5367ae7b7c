#pragma once

#include <nlohmann/json.hpp>

#include <string>

namespace sca::experiments {

// A record's fields as the cells of a table; "-" where there is none.

std::string text_cell(const nlohmann::ordered_json& record, const char* field);

/// A decimal, which records keep as text, by a format of one double.
std::string number_cell(const nlohmann::ordered_json& record, const char* field, const char* format);

/// "[low, high]", or the one that both are.
std::string range_cell(const std::string& low, const std::string& high);

}  // namespace sca::experiments
