#include "experiments/quadrature/recorded.hpp"

#include <algorithm>

#include "evidence/input/error.hpp"
#include "experiments/record_line.hpp"

namespace sca::experiments {
namespace {

using Json = nlohmann::ordered_json;
using evidence::in_quotes;
using evidence::InputError;

std::optional<RecordedError> error(const RecordLine& line, const char* field) {
  const auto found = line.json.find(field);
  if (found == line.json.end()) return std::nullopt;
  if (!found->is_object()) throw InputError(line.where, field, "quantiles", in_quotes(found->dump()));
  const RecordLine inner{*found, line.where + ", " + field};
  return RecordedError{inner.number("q25"), inner.number("q75"), inner.number("rms")};
}

RecordedSize size_of(const RecordLine& line) {
  RecordedSize size;
  size.M = line.number("M");
  if (line.has("n")) size.n = line.number("n");
  size.own = error(line, "own");
  size.total = error(line, "total");
  if (line.has("bound")) {
    size.bound = line.number("bound");
    size.bound_of = line.text("bound_of");
  }
  size.precondition = line.text("precondition") == "met";
  return size;
}

RecordedFit fit_of(const RecordLine& line) {
  const auto optional_text = [&](const char* field) { return line.has(field) ? line.text(field) : ""; };
  RecordedFit fit{.of = line.text("of"),
                  .slope = {},
                  .rate = {},
                  .theory = optional_text("theory"),
                  .needs = optional_text("needs"),
                  .clearance = {},
                  .verdict = line.text("verdict"),
                  .why = optional_text("why")};
  if (line.has("law"))
    fit.slope = {line.text("law") == "power", line.number("slope"), line.number("low"), line.number("high")};
  if (line.has("theory_low"))
    fit.rate = {line.number("theory_low"), line.number("theory_high"), line.text("sense") == "equal"};
  if (line.has("clearance")) fit.clearance = line.number("clearance");
  return fit;
}

void add(const RecordLine& line, RecordedSeries& series) {
  if (line.text("kind") == "point") {
    series.sizes.push_back(size_of(line));
  } else {
    series.fits.push_back(fit_of(line));
  }
}

}  // namespace

std::string RecordedPrefixes::title() const {
  const std::string name = data == "synthetic" ? "" : std::filesystem::path(data).stem().string() + ", ";
  return name + "d = " + std::to_string(d);
}

RecordedPrefixes prefixes_of(const RecordedSeries& series) { return {series.data, series.d}; }

std::vector<RecordedPrefixes> recorded_prefixes(const std::vector<RecordedSeries>& all) {
  std::vector<RecordedPrefixes> kinds;
  for (const RecordedSeries& series : all) {
    const RecordedPrefixes one = prefixes_of(series);
    if (std::ranges::find(kinds, one) == kinds.end()) kinds.push_back(one);
  }
  std::ranges::stable_sort(
      kinds, {}, [](const RecordedPrefixes& one) { return std::pair(one.data != "synthetic", one.d); });
  return kinds;
}

bool is_quadrature_record(const Json& record) {
  const auto kind = record.find("kind");
  return kind != record.end() && (*kind == "point" || *kind == "fit") && record.contains("rule");
}

std::vector<RecordedSeries> recorded_series(const std::vector<Json>& records, std::string_view path) {
  std::vector<RecordedSeries> all;
  for (std::size_t i = 0; i < records.size(); ++i) {
    if (!is_quadrature_record(records[i])) continue;
    const RecordLine line{records[i], std::string(path) + ", line " + std::to_string(i + 1)};
    RecordedSeries key{line.text("target"),
                       line.text("data"),
                       line.text("rule"),
                       line.text("window"),
                       line.text("band"),
                       static_cast<std::size_t>(line.number("d")),
                       {},
                       {}};
    const auto is_same = [&](const RecordedSeries& s) {
      return s.target == key.target && s.data == key.data && s.rule == key.rule && s.window == key.window &&
             s.band == key.band && s.d == key.d;
    };
    auto found = std::ranges::find_if(all, is_same);
    if (found == all.end()) found = all.insert(all.end(), std::move(key));
    add(line, *found);
  }
  for (RecordedSeries& series : all) std::ranges::stable_sort(series.sizes, {}, &RecordedSize::M);
  return all;
}

}  // namespace sca::experiments
