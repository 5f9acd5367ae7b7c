#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

#include "evidence/table.hpp"

namespace sca::cli {

/// A column of a report's table: a record's field.
struct FieldColumn {
  const char* title;
  const char* field;
  bool is_number = false;
  const char* format = nullptr;  // of a real that is kept as text; null: as it stands
};

/// A kind of record that a report knows, told by the fields that it has.
struct RecordKind {
  const char* title;                 // of its table
  const char* noun;                  // what one record is about, in the plural
  std::vector<const char*> fields;   // all of them are there
  const char* kind;                  // the value of "kind"; empty if that does not matter
  std::vector<FieldColumn> columns;  // none: its records feed figures only
  const char* about;                 // the field that says more of a record in the answer
};

/// In the order in which a report shows them.
const std::vector<RecordKind>& record_kinds();

/// The first kind that fits; null if none does.
const RecordKind* kind_of(const nlohmann::ordered_json& record);

evidence::Table empty_table(const RecordKind& kind);
std::vector<std::string> cells(const RecordKind& kind, const nlohmann::ordered_json& record);

}  // namespace sca::cli
