#include "experiments/quadrature/record.hpp"

#include <fmt/format.h>

namespace sca::experiments {
namespace {

using Json = nlohmann::ordered_json;

/// The shortest decimal that reads back as the same double.
std::string decimal(double x) { return fmt::format("{}", x); }

Json to_json(const Quantiles& q) {
  return {{"q10", decimal(q.q10)}, {"q25", decimal(q.q25)}, {"q50", decimal(q.q50)},
          {"q75", decimal(q.q75)}, {"q90", decimal(q.q90)}, {"rms", decimal(q.rms)}};
}

Json start(const SeriesKey& key, const char* kind) {
  return {{"kind", kind},         {"target", key.target}, {"data", key.data}, {"rule", key.rule},
          {"window", key.window}, {"band", key.band},     {"d", key.d}};
}

void add(Json& json, const char* field, const std::optional<double>& value) {
  if (value) json[field] = decimal(*value);
}

}  // namespace

Quantiles quantiles(const std::vector<double>& values) {
  return {quantile(values, 0.1),  quantile(values, 0.25), quantile(values, 0.5),
          quantile(values, 0.75), quantile(values, 0.9),  root_mean_square(values)};
}

Json to_json(const SeriesKey& key, const PointRecord& point) {
  Json json = start(key, "point");
  json["M"] = decimal(point.M);
  if (point.n) json["n"] = *point.n;
  add(json, "phase", point.phase);
  if (point.own) json["own"] = to_json(*point.own);
  if (point.bias) json["bias"] = to_json(*point.bias);
  if (point.total) json["total"] = to_json(*point.total);
  add(json, "bound", point.bound);
  if (point.bound) json["bound_of"] = point.bound_of;
  add(json, "clearance", point.clearance);
  json["precondition"] = point.precondition ? "met" : "not met";
  json["arithmetic"] = point.arithmetic;
  add(json, "gap", point.gap);
  json["instances"] = point.instances;
  return json;
}

Json to_json(const SeriesKey& key, const FitRecord& record) {
  Json json = start(key, "fit");
  json["of"] = record.of;
  json["statistic"] = "rms";
  if (record.fit) {
    json["law"] = record.fit->law == Law::power ? "power" : "geometric";
    json["slope"] = decimal(record.fit->slope);
    json["low"] = decimal(record.fit->low);
    json["high"] = decimal(record.fit->high);
    json["first"] = decimal(record.fit->first);
    json["last"] = decimal(record.fit->last);
  }
  if (record.theory) {
    add(json, "theory_low", record.rate_low);
    add(json, "theory_high", record.rate_high);
    json["sense"] = record.theory->sense == Sense::equal ? "equal" : "at most";
    json["theory"] = record.theory->words;
    json["needs"] = record.theory->needs;
  }
  add(json, "clearance", record.clearance);
  json["verdict"] = record.verdict;
  if (!record.why.empty()) json["why"] = record.why;
  return json;
}

}  // namespace sca::experiments
