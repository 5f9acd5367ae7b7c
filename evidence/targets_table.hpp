#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace sca::evidence {

/// Targets among the records whose name begins with `prefix`, each beside what the other records measured, as
/// a Markdown table; empty where there are none. A target is a record like
///
///     {"target":"core forward","measure":"x PyTorch as users run it","at_least":"40",
///      "field":"ratio","of":{"work":"forward","L":1024,"which":"as users run it"}}
///
/// and is met by the field of the one record that has all entries of "of"; with "over", by its quotient by
/// the same field of the record that has those.
///
/// errors   InputError that names `path` for a target that no record, or more than one, answers
std::string targets_table(const std::vector<nlohmann::ordered_json>& records, std::string_view prefix,
                          std::string_view path);

}  // namespace sca::evidence
