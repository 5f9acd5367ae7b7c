#include "evidence/eval/compare.hpp"

#include <algorithm>
#include <cmath>

#include "evidence/eval/decimal.hpp"
#include "evidence/eval/value.hpp"

namespace sca::evidence::eval {
namespace {

bool is_complex(const Json& value) {
  return value.is_object() && value.size() == 2 && value.contains("re") && value.contains("im");
}

// A list of cases' steps is a structure; a list of numbers, of lists of them or of complex numbers is one
// vector.
bool is_structure(const Json& value) {
  if (value.is_object()) return !is_complex(value);
  return value.is_array() && std::ranges::any_of(value, [](const Json& item) { return is_structure(item); });
}

struct Unit {
  Rational difference{0};
  Rational scale{0};
  Rational slack{0};  // of our "0e-N"
  int given = 0;
  std::string problem;  // the shapes or words that do not match
  bool undecided = false;
};

Rational size(const Rational& x) { return x < 0 ? Rational(-x) : x; }

std::string text_of(const Json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

std::optional<Rational> number_of(const std::string& text) {
  return text == exact_zero ? Rational(0) : from_decimal(text);
}

void compare_numbers(const std::string& ours, const std::string& theirs, Unit& unit) {
  if (ours == undecided) {
    unit.undecided = true;
    return;
  }
  const auto x = number_of(ours);
  const auto y = number_of(theirs);
  if (!x || !y) {
    if (ours != theirs) unit.problem = in_quotes(ours) + " against " + in_quotes(theirs);
    return;
  }
  if (*x == 0 && ours.starts_with("0e"))
    unit.slack = std::max(unit.slack, *from_decimal("1" + ours.substr(1)));
  unit.difference = std::max(unit.difference, size(*x - *y));
  unit.scale = std::max({unit.scale, size(*x), size(*y)});
  unit.given = std::max(unit.given, std::min(significant_digits(ours), significant_digits(theirs)));
}

void compare_unit(const Json& ours, const Json& theirs, Unit& unit) {
  if (ours.is_structured() != theirs.is_structured() || ours.is_array() != theirs.is_array() ||
      (ours.is_structured() && ours.size() != theirs.size())) {
    unit.problem = described(ours) + " against " + described(theirs);
  } else if (ours.is_array()) {
    for (std::size_t i = 0; i < ours.size(); ++i) compare_unit(ours[i], theirs[i], unit);
  } else if (ours.is_object()) {
    for (const auto& [name, value] : ours.items()) {
      if (theirs.contains(name)) {
        compare_unit(value, theirs[name], unit);
      } else {
        unit.problem = "no " + name;
      }
    }
  } else if (ours.is_number_integer() && theirs.is_number_integer()) {
    if (ours != theirs) unit.problem = ours.dump() + " against " + theirs.dump();
  } else {
    compare_numbers(text_of(ours), text_of(theirs), unit);
  }
}

// log10 of a positive rational of any size.
double log10_of(const Rational& x) {
  const PrecisionScope scope(128);
  return upper_double(log10(to_interval(x)));
}

FieldComparison judge(std::string id, std::string field, const Json& ours, const Json& theirs) {
  Unit unit;
  compare_unit(ours, theirs, unit);
  FieldComparison result{std::move(id), std::move(field), Match::agree, {}, unit.given, unit.problem};
  if (!unit.problem.empty()) {
    result.match = Match::differ;
    return result;
  }
  if (unit.difference != 0 && unit.difference > unit.slack) {
    result.agreement = std::max(0.0, log10_of(unit.scale) - log10_of(unit.difference));
    // Exactly: two correctly rounded numbers differ by at most one unit in the last place.
    const Rational margin =
        unit.difference *
        Rational(boost::multiprecision::pow(Integer(10), static_cast<unsigned>(std::max(0, unit.given - 1))));
    if (margin > unit.scale || unit.given == 0) result.match = Match::differ;
  }
  if (unit.undecided && result.match == Match::agree) result.match = Match::undecided;
  return result;
}

class Walk {
 public:
  explicit Walk(std::vector<FieldComparison>& rows) : rows_(rows) {}

  void structure(const std::string& id, const std::string& field, const Json& ours, const Json& theirs) {
    if (!is_structure(ours)) {
      rows_.push_back(judge(id, field, ours, theirs));
    } else if (ours.is_object() && theirs.is_object()) {
      objects(id, field.empty() ? "" : field + ".", ours, theirs);
    } else if (ours.is_array() && theirs.is_array() && ours.size() == theirs.size()) {
      for (std::size_t i = 0; i < ours.size(); ++i) {
        structure(id, field + "[" + std::to_string(i) + "]", ours[i], theirs[i]);
      }
    } else {
      rows_.push_back({id, field, Match::differ, {}, 0, described(ours) + " against " + described(theirs)});
    }
  }

 private:
  void objects(const std::string& id, const std::string& prefix, const Json& ours, const Json& theirs) {
    for (const auto& [name, value] : ours.items()) {
      if (theirs.contains(name)) {
        structure(id, prefix + name, value, theirs[name]);
      } else {
        rows_.push_back({id, prefix + name, Match::missing, {}, 0, "not in the file"});
      }
    }
    for (const auto& item : theirs.items()) {
      if (!ours.contains(item.key())) {
        rows_.push_back({id, prefix + item.key(), Match::differ, {}, 0, "not a field of this kind"});
      }
    }
  }

  std::vector<FieldComparison>& rows_;
};

}  // namespace

std::string_view to_string(Match match) {
  switch (match) {
    case Match::agree: return "agree";
    case Match::differ: return "differ";
    case Match::missing: return "missing";
    case Match::undecided: return "undecided";
  }
  return "undecided";
}

std::vector<FieldComparison> compare(const Json& ours, const Json& theirs, const std::string& file) {
  std::vector<FieldComparison> rows;
  Walk walk(rows);
  const Json nothing = Json::object();
  for (std::size_t i = 0; i < ours["cases"].size(); ++i) {
    const Json& one = theirs["cases"][i];
    const auto id = one["id"].get<std::string>();
    const Json& output = one.contains("output") ? one["output"] : nothing;
    if (!output.is_object())
      throw InputError(file, "case " + id + ": output", "an object", described(output));
    walk.structure(id, "", ours["cases"][i]["output"], output);
  }
  return rows;
}

}  // namespace sca::evidence::eval
