#pragma once

#include <nlohmann/json.hpp>

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sca::evidence {

/// Makes a table from records: what follows its kind in NAME, and the document's path for errors. Empty where
/// no record feeds it.
using TableMaker = std::function<std::string(const std::vector<nlohmann::ordered_json>& records,
                                             const std::string& rest, std::string_view path)>;

/// `document` with every generated table made anew: nothing is quoted twice. A table is that of the first of
/// the `files` of records that feeds it. `makers` know the kinds of tables of other layers.
///
/// errors   InputError (naming `path`) for a table of unknown name or without its end, or that no record
///          feeds
std::string with_tables(const std::string& document,
                        const std::vector<std::vector<nlohmann::ordered_json>>& files, std::string_view path,
                        const std::map<std::string, TableMaker>& makers = {});

}  // namespace sca::evidence
