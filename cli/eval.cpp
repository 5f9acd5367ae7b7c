#include "cli/eval.hpp"

#include <algorithm>
#include <iostream>

#include "cli/usage.hpp"
#include "evidence/eval/evaluate.hpp"
#include "evidence/eval/print.hpp"
#include "evidence/eval/value.hpp"
#include "evidence/provenance.hpp"

namespace sca::cli {
namespace {

namespace ev = evidence::eval;

constexpr const char* eval_footer =
    R"(FILE is {"format": "sca reference cases v1", "cases": [{"id", "kind", "input"}, ...]}; numbers are
exact: "a/b", "a" or an integer. Every printed number is certified by interval arithmetic and rounded to
nearest. The precision is raised until that is done, or to a limit of about 4000 bits more than asked for;
then a number has the digits that are certain, or is
  0e-N        where |x| < 1e-N and more is not known (a zero that is not recognised as one),
  undecided   where not even that (exit code 3).
0 and exact_zero are exact; undefined has no value (0/0, the distance between the tokens of one).
--compare judges our values against the file's own "output": a vector, matrix or complex number as a
whole, to the digits that the file gives, less one.)";

struct EvalOptions {
  std::string file;
  ev::Settings settings;
  bool compare = false;
  bool json = false;
};

bool holds_undecided(const ev::Json& value) {
  if (value.is_structured()) {
    return std::ranges::any_of(value, [](const ev::Json& item) { return holds_undecided(item); });
  }
  return value == ev::undecided;
}

int print_values(const ev::Json& result, const EvalOptions& options, const evidence::Provenance& provenance) {
  if (options.json) {
    ev::Json document{{"provenance", to_json(provenance)}};
    document.update(result);
    std::cout << document.dump(1) << "\n";
  } else {
    std::cout << to_line(provenance) << "\n" << ev::values_table(result);
  }
  for (const ev::Json& one : result["cases"]) {
    if (holds_undecided(one["output"])) return undecided;
  }
  return good;
}

int print_comparison(const std::vector<ev::FieldComparison>& rows, const EvalOptions& options,
                     const evidence::Provenance& provenance) {
  const auto any = [&](ev::Match match) {
    return std::ranges::any_of(rows, [=](const auto& row) { return row.match == match; });
  };
  if (std::ranges::all_of(rows, [](const auto& row) { return row.match == ev::Match::missing; })) {
    throw evidence::InputError(options.file, "output", "values to compare with", "none");
  }
  const int code = any(ev::Match::differ) ? failed : any(ev::Match::undecided) ? undecided : good;
  if (options.json) {
    ev::Json document{{"provenance", to_json(provenance)}, {"digits", options.settings.digits}};
    document.update(ev::comparison_json(rows));
    document["verdict"] = ev::to_string(code == failed      ? ev::Match::differ
                                        : code == undecided ? ev::Match::undecided
                                                            : ev::Match::agree);
    std::cout << document.dump(1) << "\n";
  } else {
    std::cout << to_line(provenance) << "\n" << ev::comparison_table(rows);
  }
  return code;
}

}  // namespace

int eval(const std::vector<std::string>& arguments) {
  CLI::App app("Exact values of the theory's quantities, for the inputs in a file.", "sca eval");
  EvalOptions options;
  app.add_option("FILE", options.file, "the cases, JSON")->required();
  app.add_option("--digits", options.settings.digits, "significant decimal digits")
      ->check(CLI::Range(1, ev::most_digits))
      ->capture_default_str();
  app.add_flag("--compare", options.compare, "judge our values against the file's own output");
  app.add_flag("--json", options.json, "JSON: the file's structure, with our output");
  app.add_option("--budget", options.settings.budget_seconds,
                 "refuse a case expected to take longer, seconds")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.footer(eval_footer);
  if (const auto code = parse(app, arguments)) return *code;
  const auto provenance = evidence::provenance("eval", arguments);
  const ev::Json document = ev::read_cases(options.file);
  const ev::Json result = ev::evaluate(document, options.file, options.settings);
  if (!options.compare) return print_values(result, options, provenance);
  return print_comparison(ev::compare(result, document, options.file), options, provenance);
}

}  // namespace sca::cli
