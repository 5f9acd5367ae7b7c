#include "evidence/eval/evaluate.hpp"

#include <algorithm>
#include <cmath>

#include "evidence/eval/kinds.hpp"
#include "evidence/eval/render.hpp"

namespace sca::evidence::eval {
namespace {

std::string all_kinds() {
  std::string names;
  for (const Kind& kind : kinds()) names.append(names.empty() ? "" : ", ").append(kind.name);
  return names;
}

const Kind& kind_of(const Json& one, const std::string& file, const std::string& where) {
  const std::string& name = one["kind"].get_ref<const std::string&>();
  const auto found = std::ranges::find(kinds(), name, &Kind::name);
  if (found == kinds().end())
    throw InputError(file, where + ": kind", "one of " + all_kinds(), in_quotes(name));
  return *found;
}

unsigned target_bits(int digits) { return static_cast<unsigned>(std::ceil(digits * 3.3219281)); }

// Seconds: an elementary function at this precision, on a machine of 2020, times the passes of
// `at_rising_precision`.
double expected_seconds(double operations, int digits) {
  const double bits = target_bits(digits) + 64.0;
  return 3 * operations * (2e-6 + 1.5e-10 * std::pow(bits, 1.7));
}

void refuse_endless(const Prepared& prepared, const Settings& settings, const std::string& file,
                    const std::string& where) {
  const double seconds = expected_seconds(prepared.operations, settings.digits);
  if (seconds <= settings.budget_seconds) return;
  char found[64];
  std::snprintf(found, sizeof found, "about %.2g s at %d digits", seconds, settings.digits);
  throw InputError(
      file, where + ": input",
      "at most " + std::to_string(std::lround(settings.budget_seconds)) + " s of work (--budget)", found);
}

// Doubles the bits beyond the digits' own until every number is settled, or the limit is reached: a quantity
// that is zero, but not recognised as such, would never settle.
Json at_rising_precision(const Prepared& prepared, int digits) {
  const unsigned base = target_bits(digits);
  constexpr unsigned limit = 4096;
  for (unsigned guard = 64;; guard *= 2) {
    const PrecisionScope scope(base + std::min(guard, limit));
    Rendered rendered = render(Value(prepared.evaluate()), digits);
    if (rendered.settled || guard >= limit) return std::move(rendered.json);
  }
}

std::string where_of(const Json& one) { return "case " + one["id"].get<std::string>(); }

}  // namespace

Json evaluate(const Json& document, const std::string& file, const Settings& settings) {
  std::vector<Prepared> prepared;
  for (const Json& one : document["cases"]) {
    const std::string where = where_of(one);
    prepared.push_back(kind_of(one, file, where).prepare(Fields(file, where, one["input"])));
    refuse_endless(prepared.back(), settings, file, where);
  }
  Json cases = Json::array();
  for (std::size_t i = 0; i < prepared.size(); ++i) {
    Json one = document["cases"][i];
    one.erase("output");
    one["output"] = at_rising_precision(prepared[i], settings.digits);
    cases.push_back(std::move(one));
  }
  return {{"format", cases_format},
          {"digits", settings.digits},
          {"count", cases.size()},
          {"cases", std::move(cases)}};
}

}  // namespace sca::evidence::eval
