#include "bench/measurement.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>

#include "bench/statistics.hpp"
#include "evidence/input/error.hpp"

namespace sca::bench {
namespace {

using Json = nlohmann::ordered_json;
using evidence::InputError;

std::string exact(double x) { return fmt::format("{}", x); }

/// A record's fields, each of the type that is asked for.
class Fields {
 public:
  Fields(const Json& record, std::string_view path) : record_(record), path_(path) {}

  const Json& field(const char* name, const char* expected, bool (Json::*is)() const noexcept) const {
    const auto found = record_.find(name);
    if (found == record_.end()) throw InputError(path_, name, expected, "nothing");
    if (!((*found).*is)()) throw InputError(path_, name, expected, evidence::in_quotes(found->dump()));
    return *found;
  }
  std::string text(const char* name) const { return field(name, "a string", &Json::is_string); }
  double real(const char* name) const {
    return parse(name, field(name, "a real as a string", &Json::is_string));
  }
  std::int64_t size(const char* name) const {
    const std::int64_t value = field(name, "a number", &Json::is_number_integer);
    if (value < 1) throw InputError(path_, name, "a number from 1 on", std::to_string(value));
    return value;
  }
  /// 0 where there is none.
  std::int64_t optional_size(const char* name) const { return record_.contains(name) ? size(name) : 0; }
  /// 0 may be.
  double amount(const char* name) const {
    const Json& value = field(name, "a real as a string", &Json::is_string);
    return value == "0" ? 0 : parse(name, value);
  }
  std::vector<double> samples() const {
    std::vector<double> values;
    for (const Json& one : field("samples", "a list", &Json::is_array))
      values.push_back(parse("samples", one));
    if (values.empty()) throw InputError(path_, "samples", "at least one", "none");
    return values;
  }

 private:
  double parse(const char* name, const Json& value) const {
    const std::string digits = value.is_string() ? value.get<std::string>() : "";
    double x = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), x);
    if (error != std::errc() || end != digits.data() + digits.size() || !(x > 0) || std::isinf(x))
      throw InputError(path_, name, "a positive real as a string", evidence::in_quotes(value.dump()));
    return x;
  }

  const Json& record_;
  std::string_view path_;
};

/// The network's facts under the names that they have in records.
constexpr std::array<std::pair<const char*, std::int64_t NetworkFacts::*>, 7> network_fields{
    {{"D", &NetworkFacts::D},
     {"blocks", &NetworkFacts::blocks},
     {"attention_blocks", &NetworkFacts::attention_blocks},
     {"parameters", &NetworkFacts::parameters},
     {"context", &NetworkFacts::context},
     {"state_bytes", &NetworkFacts::state_bytes},
     {"scratch_bytes", &NetworkFacts::scratch_bytes}}};

Measurement measurement(const Fields& fields) {
  Measurement result;
  result.kernel = fields.text("kernel");
  result.shape = {fields.size("B"),  fields.size("L"), fields.size("K"),
                  fields.size("Kq"), fields.size("H"), fields.size("M")};
  for (const auto& [name, member] : network_fields) result.network.*member = fields.optional_size(name);
  result.threads = static_cast<int>(fields.size("threads"));
  result.is_pinned = fields.field("pinned", "true or false", &Json::is_boolean);
  result.verdict = fields.text("verdict");
  if (result.verdict != "pass") {
    result.remark = fields.text("remark");
    return result;
  }
  result.clearance = fields.real("clearance");
  result.samples = fields.samples();
  result.work = {fields.real("bytes"), fields.real("flops"), fields.amount("sincos")};
  result.rates = {fields.real("bytes_per_second"), fields.real("flops_per_second"),
                  fields.real("sincos_per_second")};
  return result;
}

}  // namespace

double Measurement::seconds() const { return median(samples); }
double Measurement::deviation() const { return median_deviation(samples); }

std::string Measurement::key() const {
  const std::string context = network.context == 0 ? "" : fmt::format("/context={}", network.context);
  return fmt::format("{}/L={}/B={}/K={}/Kq={}/H={}/M={}{}/threads={}", kernel, shape.L, shape.B, shape.K,
                     shape.Kq, shape.H, shape.M, context, threads);
}

std::string number_text(double x) { return fmt::format("{:.4g}", x); }

Json to_json(const Measurement& m) {
  Json json{{"kernel", m.kernel},    {"B", m.shape.B},      {"L", m.shape.L}, {"K", m.shape.K},
            {"Kq", m.shape.Kq},      {"H", m.shape.H},      {"M", m.shape.M}, {"threads", m.threads},
            {"pinned", m.is_pinned}, {"verdict", m.verdict}};
  for (const auto& [name, member] : network_fields) {
    if (m.network.*member > 0) json[name] = m.network.*member;
  }
  if (!m.is_timed()) {
    json["remark"] = m.remark;
    return json;
  }
  json["clearance"] = number_text(m.clearance);
  Json samples = Json::array();
  for (const double sample : m.samples) samples.push_back(exact(sample));
  json["samples"] = samples;
  json["seconds"] = number_text(m.seconds());
  json["deviation"] = number_text(m.deviation());
  json["tokens_per_second"] = number_text(m.tokens() / m.seconds());
  json["bytes"] = exact(m.work.bytes);
  json["flops"] = exact(m.work.flops);
  json["sincos"] = exact(m.work.sincos);
  json["bytes_per_second"] = exact(m.rates.bytes);
  json["flops_per_second"] = exact(m.rates.flops);
  json["sincos_per_second"] = exact(m.rates.sincos);
  json["of_floor"] = number_text(m.of_floor());
  return json;
}

std::vector<Measurement> measurements(const std::vector<Json>& records, std::string_view path) {
  std::vector<Measurement> result;
  for (const Json& record : records) {
    if (record.contains("kernel") && !record.contains("peer"))
      result.push_back(measurement(Fields(record, path)));
  }
  if (result.empty()) throw InputError(path, "records", "those of `sca bench --json`", "none of them");
  return result;
}

}  // namespace sca::bench
