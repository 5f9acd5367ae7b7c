#include "evidence/record.hpp"

#include <fmt/format.h>

#include <cmath>

namespace sca::evidence {

std::string clearance_text(const Finding& finding) {
  if (!finding.clearance) return "-";
  const double value = *finding.clearance;
  if (value == 0 || !std::isfinite(value)) return fmt::format("{}", value);
  const double unit = std::pow(10, std::floor(std::log10(value)) - 2);
  return fmt::format("{:.3g}", std::ceil(value / unit) * unit);
}

nlohmann::ordered_json to_json(const Finding& finding) {
  nlohmann::ordered_json json{{"instance", finding.instance},
                              {"statement", finding.statement},
                              {"decision", to_string(finding.decision)}};
  if (!finding.lower.empty()) {
    json["lower"] = finding.lower;
    json["upper"] = finding.upper;
  }
  if (!finding.bound.empty()) json["bound"] = finding.bound;
  if (finding.clearance) json["clearance"] = clearance_text(finding);
  if (!finding.witness.empty()) json["witness"] = finding.witness;
  if (finding.bits != 0) {
    json["bits"] = finding.bits;
  } else {
    json["exact"] = finding.decision != Decision::unknown;
  }
  return json;
}

}  // namespace sca::evidence
