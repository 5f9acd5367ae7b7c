#pragma once

#include <nlohmann/json.hpp>

#include "evidence/table.hpp"

namespace sca::evidence {

/// The `reach` rows of a prefix's record as a table: the same for the command and for the documents.
Table reach_table(const nlohmann::ordered_json& rows);

}  // namespace sca::evidence
