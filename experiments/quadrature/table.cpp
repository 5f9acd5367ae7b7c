#include "experiments/quadrature/table.hpp"

#include <fmt/format.h>

#include <charconv>

#include "evidence/table.hpp"

namespace sca::experiments {
namespace {

using Json = nlohmann::ordered_json;

std::string text(const Json& record, const char* field) {
  return record.contains(field) ? record[field].get<std::string>() : "-";
}

/// A decimal as a cell: three digits behind the point are what an interval of slopes is good for.
std::string rounded(const Json& record, const char* field, const char* format) {
  if (!record.contains(field)) return "-";
  const std::string digits = text(record, field);
  double value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return fmt::format(fmt::runtime(format), value);
}

std::string range(const std::string& low, const std::string& high) {
  return low == high ? low : "[" + low + ", " + high + "]";
}

}  // namespace

void print_table(std::ostream& out, const Lines& records, bool colour) {
  using Align = evidence::Table::Align;
  evidence::Table table({{"target"},
                         {"data"},
                         {"d", Align::right},
                         {"rule"},
                         {"window"},
                         {"band"},
                         {"error"},
                         {"slope", Align::right},
                         {"95 %"},
                         {"theory"},
                         {"clearance", Align::right},
                         {"verdict"},
                         {"why"}});
  const auto slope = [](const Json& record, const char* field) { return rounded(record, field, "{:.3f}"); };
  for (const Json& record : records) {
    if (text(record, "kind") != "fit") continue;
    const std::string theory = range(slope(record, "theory_low"), slope(record, "theory_high"));
    table.add({text(record, "target"), text(record, "data"), record["d"].dump(), text(record, "rule"),
               text(record, "window"), text(record, "band"), text(record, "of"), slope(record, "slope"),
               range(slope(record, "low"), slope(record, "high")),
               (record.value("sense", "") == "at most" && theory != "-" ? "<= " : "") + theory,
               rounded(record, "clearance", "{:.3g}"), text(record, "verdict"), text(record, "why")});
  }
  table.print(out, colour);
}

}  // namespace sca::experiments
