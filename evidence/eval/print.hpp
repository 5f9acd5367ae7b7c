#pragma once

#include <string>
#include <vector>

#include "evidence/eval/compare.hpp"

namespace sca::evidence::eval {

/// Case, field and value, one line a field; values shortened to what a terminal shows.
std::string values_table(const Json& evaluated);

/// Case, field, digits of agreement, digits given, verdict, one line a field; then one line that sums up.
std::string comparison_table(const std::vector<FieldComparison>& rows);

/// {"cases": [{"id", "fields": [{"field", "agreement", "given", "verdict", "detail"}]}]}; an agreement is a
/// string, as every real, "equal" where nothing differs.
Json comparison_json(const std::vector<FieldComparison>& rows);

}  // namespace sca::evidence::eval
