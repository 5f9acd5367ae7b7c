#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace sca::evidence {

/// `document` with every generated table made anew from `records`: nothing is quoted twice.
///
/// errors   InputError (naming `path`) for a table of unknown name or without its end, or that no record
///          feeds
std::string with_tables(const std::string& document, const std::vector<nlohmann::ordered_json>& records,
                        std::string_view path);

}  // namespace sca::evidence
