#include "cli/judge.hpp"

#include <iostream>

#include "cli/usage.hpp"
#include "evidence/judge/print.hpp"
#include "evidence/progress.hpp"
#include "evidence/provenance.hpp"
#include "evidence/table.hpp"

namespace sca::cli {
namespace {

namespace ej = evidence::judge;

constexpr const char* judge_footer =
    R"(FILE is an .npz with a configuration, inputs, parameters and results; docs/check-your-implementation.md has the
names. Every result that is there is recomputed by the reference and judged entry by entry: clearance is the
largest error / bound, and 1 or less passes. The bound is derived for the precision stated: NAME_f32, NAME_bf16
and NAME_f16 state it; all others share --arithmetic, and what is stored narrower was rounded in the end.
bound/size is the largest bound over the exact tensor's root mean square, or over its largest entry where the
results were rounded. informative: the share of entries that zero would not pass for. vacuous: zeros would pass,
or a bound is infinite, or fewer than half of the entries are informative. kinks: comparisons that rounding may turn.
skipped: the reference has no result of that name.
Exit code: 1 if a tensor fails, 3 if one is vacuous.)";

struct JudgeOptions {
  std::vector<std::string> files;
  std::string dialect = "released";
  std::string against = "mp";
  std::string arithmetic;
  std::optional<std::string> parameters;
  std::string prefix;
  unsigned digits = 34;
  double budget = 1800;
  bool json = false;
};

ej::Settings settings(const JudgeOptions& options) {
  ej::Settings result;
  if (options.dialect == "paper") result.dialect = reference::Dialect::paper();
  result.against_double = options.against == "f64";
  result.digits = options.digits;
  result.budget_seconds = options.budget;
  if (!options.arithmetic.empty()) result.arithmetic = ej::precision(options.arithmetic);
  return result;
}

/// All of them before the first is judged: a bad file stops the run while nothing is printed.
std::vector<ej::Dump> read(const JudgeOptions& options) {
  std::optional<ej::Checkpoint> checkpoint;
  if (options.parameters) checkpoint = {*options.parameters, options.prefix};
  std::vector<ej::Dump> dumps;
  for (const std::string& file : options.files) dumps.push_back(ej::read_dump(file, checkpoint));
  return dumps;
}

void print(const evidence::Provenance& provenance, const JudgeOptions& options) {
  if (options.json) {
    std::cout << nlohmann::ordered_json{{"provenance", to_json(provenance)}}.dump() << "\n";
  } else {
    std::cout << to_line(provenance) << "\n";
  }
}

void print(const ej::Report& report, const JudgeOptions& options) {
  if (!options.json) {
    std::cout << to_text(report, evidence::stdout_takes_colour()) << std::flush;
    return;
  }
  for (const auto& record : to_records(report)) std::cout << record.dump() << "\n";
}

}  // namespace

int judge(const std::vector<std::string>& arguments) {
  CLI::App app("Judge tensors that any implementation dumped, by bounds derived for its precision.",
               "sca judge");
  JudgeOptions options;
  app.add_option("FILE", options.files, "the dumps, .npz")->required();
  app.add_option("--dialect", options.dialect, "which layer: the authors' code's or Algorithm 1's")
      ->check(CLI::IsMember({"released", "paper"}))
      ->capture_default_str();
  app.add_option("--against", options.against, "the reference at --digits, or its evaluation in float64")
      ->check(CLI::IsMember({"mp", "f64"}))
      ->capture_default_str();
  app.add_option("--arithmetic", options.arithmetic,
                 "what computed results whose names state none; default: f64 if one is stored so, else f32")
      ->check(CLI::IsMember({"f64", "f32", "bf16", "f16"}));
  app.add_option("--digits", options.digits, "of the reference")
      ->check(CLI::Range(20, 1000))
      ->capture_default_str();
  auto* parameters =
      app.add_option("--parameters", options.parameters, "take parameters from this .safetensors file");
  app.add_option("--prefix", options.prefix, "of their names there, as blocks.0.attn.")->needs(parameters);
  app.add_option("--budget", options.budget, "refuse a file expected to take longer, seconds")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_flag("--json", options.json, "JSON lines");
  app.footer(judge_footer);
  if (const auto code = parse(app, arguments)) return *code;
  const auto provenance = evidence::provenance("judge", arguments);
  const std::vector<ej::Dump> dumps = read(options);
  int code = good;
  evidence::ProgressLine progress;
  for (std::size_t i = 0; i < dumps.size(); ++i) {
    progress.show(i, dumps.size(), dumps[i].file);
    const ej::Report report = judge_dump(dumps[i], settings(options));
    if (i == 0) print(provenance, options);
    print(report, options);
    if (report.any(ej::Verdict::fail)) code = failed;
    if (code == good && report.any(ej::Verdict::vacuous)) code = undecided;
  }
  return code;
}

}  // namespace sca::cli
