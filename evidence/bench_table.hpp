#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace sca::evidence {

/// The times among `sca bench`'s records whose kernel's name starts with `prefix`, as a Markdown table; empty
/// where there are none. errors   InputError that names `path` for a time without its fields
std::string bench_table(const std::vector<nlohmann::ordered_json>& records, std::string_view prefix,
                        std::string_view path);

/// The ratios among bench/peers/peers.py's records whose work's name starts with `prefix`, as a Markdown
/// table; empty where there are none.
///
/// errors   InputError that names `path` for a ratio without its fields
std::string peers_table(const std::vector<nlohmann::ordered_json>& records, std::string_view prefix,
                        std::string_view path);

}  // namespace sca::evidence
