#include "evidence/reach_table.hpp"

namespace sca::evidence {

Table reach_table(const nlohmann::ordered_json& rows) {
  Table table({{"measure"},
               {"parameter"},
               {"points", Table::Align::right},
               {"worst |error|", Table::Align::right},
               {"error/bound", Table::Align::right},
               {"remark"}});
  for (const auto& row : rows) {
    table.add({row.value("measure", ""), row.value("parameter", ""), row.value("points", ""),
               row.value("worst_error", ""), row.value("error_over_bound", ""), row.value("remark", "")});
  }
  return table;
}

}  // namespace sca::evidence
