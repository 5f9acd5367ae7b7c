#include "experiments/capacity/record.hpp"

#include <fmt/format.h>

namespace sca::experiments::capacity {
namespace {

using Json = nlohmann::ordered_json;

/// The shortest decimal that reads back as the same double.
std::string decimal(double x) { return fmt::format("{}", x); }

void add(Json& json, const char* field, const std::optional<double>& value) {
  if (value) json[field] = decimal(*value);
}

}  // namespace

Json to_json(const SeriesKey& key, const PointRecord& point) {
  Json json{{"kind", "point"}, {"study", key.study}, {"series", key.series}, {"x", decimal(point.x)}};
  if (point.design) json.update({{"K", point.design->K}, {"H", point.design->H}, {"M", point.design->M}});
  json["measured"] = decimal(point.measured);
  json["low"] = decimal(point.low);
  json["high"] = decimal(point.high);
  json["interval"] = point.interval;
  add(json, "prediction", point.prediction);
  add(json, "lower", point.lower);
  add(json, "upper", point.upper);
  add(json, "clearance", point.clearance);
  json["arithmetic"] = point.arithmetic;
  json["instances"] = point.instances;
  json["verdict"] = point.verdict;
  return json;
}

Json to_json(const SeriesKey& key, const FindingRecord& finding) {
  const Words& words = finding.words;
  Json json{{"kind", "finding"},      {"study", key.study},         {"series", key.series},
            {"axis", words.axis},     {"quantity", words.quantity}, {"sense", words.sense},
            {"theory", words.theory}, {"source", words.source}};
  add(json, "clearance", finding.clearance);
  json["verdict"] = finding.verdict;
  if (!finding.why.empty()) json["why"] = finding.why;
  return json;
}

}  // namespace sca::experiments::capacity
