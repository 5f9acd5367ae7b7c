#include "cli/quadrature.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>

#include "bench/sweep.hpp"
#include "cli/study.hpp"
#include "cli/usage.hpp"
#include "evidence/input/error.hpp"
#include "evidence/provenance.hpp"
#include "evidence/records_file.hpp"
#include "evidence/table.hpp"
#include "experiments/quadrature/figure.hpp"
#include "experiments/quadrature/recorded.hpp"
#include "experiments/quadrature/table.hpp"
#include "experiments/quadrature/tasks.hpp"
#include "proofs_numeric/given_tokens.hpp"

namespace sca::cli {
namespace {

using experiments::Lines;

constexpr const char* quadrature_footer =
    R"(The readout's error against the number of nodes M, rule by rule: `own` is the rule's against the windowed integral,
which is known in closed form; `total` is against ideal retrieval or softmax attention. Synthetic prefixes have t = 8
tokens with D = 2 and delta = 1/4; real ones are windows of 16 rows.
SWEEP is N, A:B:xFACTOR, A:B:+STEP or a list of these; for tensor and equispaced rules it counts nodes on an axis.
slope: of log(rms error) in log(M), or of ln in n where the law is geometric, over the upper half of the sizes that
meet the theory's precondition. Verdicts: `matches theory` (no error above its bound, and theory's rate within the
slope's interval), `pre-asymptotic` (too few sizes meet the precondition, or the slope still moves towards the rate),
`refuted`, `no theory`.
--save: series are appended as they are done; the same command resumes after any interruption.
--plot: small multiples by dimension for the first target; of each kind of error at most six rules, which RULE chooses.
--from with RULE, --targets, --plot, --json: from records alone.
Exit code: 1 if anything is refuted.)";

struct QuadratureOptions {
  experiments::StudySettings study;
  std::string dims = "1,2,3,8";
  std::string nodes = "2:4096:x2";
  std::string tokens;
  StudyOptions run;
};

void declare(CLI::App& app, QuadratureOptions& o) {
  app.add_option("RULE", o.study.rules,
                 "rules or their families (tensor, qmc/sobol-scrambled); default: all");
  app.add_option("--targets", o.study.targets, "token, attention-oracle, attention-token; default: all")
      ->delimiter(',')
      ->check(CLI::IsMember(experiments::target_ids()));
  app.add_option("--dims", o.dims, "dimensions of the synthetic prefixes: SWEEP")->capture_default_str();
  app.add_option("--nodes", o.nodes, "SWEEP")->capture_default_str();
  app.add_option("--tokens", o.tokens, "your own tokens, one a row: .npy or CSV; default: words of Genesis");
  app.add_option("--phase", o.study.phase, "T D of the fixed windows; sigma D is half of it")
      ->check(CLI::Range(0.1, 1000.0))
      ->capture_default_str();
  app.add_option("--instances", o.study.instances, "prefixes of each kind")
      ->check(CLI::Range(8, 10000))
      ->capture_default_str();
  app.add_option("--seed", o.study.seed, "of all random numbers")->capture_default_str();
  declare(app, o.run);
  app.footer(quadrature_footer);
}

std::vector<std::size_t> sweep(const char* option, const std::string& text, std::int64_t most) {
  std::vector<std::size_t> numbers;
  for (const std::int64_t number : bench::parse_sweep(option, text)) {
    if (number > most) throw UsageError(fmt::format("{}: expected at most {}", option, most));
    numbers.push_back(static_cast<std::size_t>(number));
  }
  std::ranges::sort(numbers);
  return numbers;
}

/// Everything that a result depends on.
nlohmann::ordered_json settings_json(const experiments::StudySettings& s) {
  nlohmann::ordered_json tokens = nlohmann::ordered_json::array();
  for (const auto& file : s.tokens) tokens.push_back(file.name);
  return {{"rules", s.rules},         {"targets", s.targets}, {"dims", s.dims},
          {"nodes", s.nodes},         {"tokens", tokens},     {"phase", fmt::format("{}", s.phase)},
          {"instances", s.instances}, {"seed", s.seed}};
}

/// The records that RULE and --targets ask for, after the header.
Lines narrowed(const Lines& records, const experiments::StudySettings& study) {
  Lines result{records.front()};
  for (std::size_t i = 1; i < records.size(); ++i) {
    if (experiments::is_asked_for(records[i].value("rule", ""), study.rules) &&
        experiments::is_asked_for(records[i].value("target", ""), study.targets))
      result.push_back(records[i]);
  }
  return result;
}

/// Table, figure and exit code. `records` begin with their header; they are from `source`.
int show(const StudyOptions& o, const Lines& records, const std::string& source) {
  if (!o.json) {
    std::cout << to_line(evidence::recorded_provenance(records.front()["provenance"])) << "\n";
    experiments::print_table(std::cout, records, evidence::stdout_takes_colour());
  }
  draw_plot(o, "sca quadrature", [&] {
    const std::vector<std::string> targets = experiments::recorded_targets(records, source);
    if (targets.empty()) throw evidence::InputError(source, "records", "sizes and errors", "none");
    return experiments::quadrature_figure(records, source, targets.front());
  });
  return verdict_of(records);
}

int show_kept(const QuadratureOptions& o) {
  const Lines all = evidence::read_run(o.run.from);
  experiments::recorded_series(all, o.run.from);  // says what is not in order
  const Lines records = narrowed(all, o.study);
  if (o.run.json) {
    for (const auto& one : records) std::cout << one.dump() << "\n";
  }
  return show(o.run, records, o.run.from);
}

int run(QuadratureOptions o, const std::vector<std::string>& arguments) {
  require_known("rule", o.study.rules, experiments::rule_ids());
  require_plot(o.run);
  if (!o.run.from.empty()) return show_kept(o);
  constexpr std::int64_t most_dims = 64;
  constexpr std::int64_t most_nodes = std::int64_t{1} << 20U;
  o.study.dims = sweep("--dims", o.dims, most_dims);
  o.study.nodes = sweep("--nodes", o.nodes, most_nodes);
  if (o.tokens.empty()) {
    o.study.tokens = proofs::genesis_prefixes();
  } else {
    o.study.tokens.push_back(evidence::read_tokens(o.tokens));
  }
  const auto origin = evidence::provenance("quadrature", arguments, fmt::format("{}", o.study.seed));
  const nlohmann::ordered_json header{{"provenance", to_json(origin)}, {"settings", settings_json(o.study)}};
  Lines records{header};
  for (auto& line :
       collected(o.run, header, experiments::tasks(experiments::units(o.study)), experiments::name_of_line))
    records.push_back(std::move(line));
  return show(o.run, records, "records");
}

}  // namespace

int quadrature(const std::vector<std::string>& arguments) {
  CLI::App app(
      "How the readout's error falls with the number of nodes, by "
      "rule, dimension and window, against theory.",
      "sca quadrature");
  QuadratureOptions options;
  declare(app, options);
  if (const auto code = parse(app, arguments)) return *code;
  if (!options.run.list) return run(std::move(options), arguments);
  for (const std::string& id : experiments::rule_ids()) std::cout << id << "\n";
  return good;
}

}  // namespace sca::cli
