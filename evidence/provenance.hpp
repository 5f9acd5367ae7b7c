#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace sca::evidence {

/// Where a result comes from: enough to make it again.
struct Provenance {
  std::string command;  // as typed, arguments quoted where a shell needs it
  std::string version;
  std::string commit;
  std::string compiler;
  std::string flags;
  std::string libraries;  // those that the certificates rest on, with versions
  std::string cpu;
  std::string seed;  // of our integer hash; "none" where nothing is random
};

/// The provenance of this run of this binary.
Provenance provenance(const std::string& verb, const std::vector<std::string>& arguments,
                      std::string seed = "none");

/// That of records, as `to_json` wrote it; "unknown" where they do not say.
Provenance recorded_provenance(const nlohmann::ordered_json& json);

/// One line, starting with '#'.
std::string to_line(const Provenance& provenance);
nlohmann::ordered_json to_json(const Provenance& provenance);

}  // namespace sca::evidence
