#include "cli/quadrature.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <optional>
#include <thread>

#include "bench/sweep.hpp"
#include "cli/usage.hpp"
#include "evidence/progress.hpp"
#include "evidence/provenance.hpp"
#include "evidence/table.hpp"
#include "experiments/quadrature/journal.hpp"
#include "experiments/quadrature/table.hpp"
#include "proofs_numeric/given_tokens.hpp"

namespace sca::cli {
namespace {

using experiments::Lines;

constexpr const char* footer =
    R"(The readout's error against the number of nodes M, rule by rule: `own` is the rule's against the windowed integral,
which is known in closed form; `total` is against ideal retrieval or softmax attention. Synthetic prefixes have t = 8
tokens with D = 2 and delta = 1/4; real ones are windows of 16 rows.
SWEEP is N, A:B:xFACTOR, A:B:+STEP or a list of these; for tensor and equispaced rules it counts nodes on an axis.
slope: of log(rms error) in log(M), or of ln in n where the law is geometric, over the upper half of the sizes that
meet the theory's precondition. Verdicts: `matches theory` (no error above its bound, and theory's rate within the
slope's interval), `pre-asymptotic` (too few sizes meet the precondition, or the slope still moves towards the rate),
`refuted`, `no theory`.
--save: series are appended as they are done; the same command resumes after any interruption.
Exit code: 1 if anything is refuted.)";

struct Options {
  experiments::StudySettings study;
  std::string dims = "1,2,3,8";
  std::string nodes = "2:4096:x2";
  std::string tokens;
  unsigned jobs = std::max(1U, std::thread::hardware_concurrency());
  std::string save;
  bool json = false;
  bool list = false;
};

void declare(CLI::App& app, Options& o) {
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
  app.add_option("--jobs", o.jobs, "threads; default: one a core")->check(CLI::Range(1, 1024));
  app.add_option("--save", o.save, "keep the records in this file, and resume from it");
  app.add_flag("--json", o.json, "JSON lines: provenance, then a record a size and a fit");
  app.add_flag("--list", o.list, "the rules; computes nothing");
  app.footer(footer);
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

void require_known_rules(const std::vector<std::string>& words) {
  const std::vector<std::string> ids = experiments::rule_ids();
  for (const std::string& word : words) {
    const auto names = [&](const std::string& id) { return id == word || id.starts_with(word + "/"); };
    if (std::ranges::any_of(ids, names)) continue;
    const auto near = nearest(word, ids);
    throw UsageError(fmt::format("unknown rule '{}'{} (--list shows all)", word,
                                 near.empty() ? "" : "; did you mean " + near.front() + "?"));
  }
}

/// Everything that a result depends on.
nlohmann::ordered_json settings_json(const experiments::StudySettings& s) {
  nlohmann::ordered_json tokens = nlohmann::ordered_json::array();
  for (const auto& file : s.tokens) tokens.push_back(file.name);
  return {{"rules", s.rules},         {"targets", s.targets}, {"dims", s.dims},
          {"nodes", s.nodes},         {"tokens", tokens},     {"phase", fmt::format("{}", s.phase)},
          {"instances", s.instances}, {"seed", s.seed}};
}

/// Runs what the journal does not have yet; returns all records.
Lines collected(const Options& o, const nlohmann::ordered_json& header) {
  std::optional<experiments::Journal> journal;
  if (!o.save.empty()) journal.emplace(o.save, header);
  Lines all;
  evidence::ProgressLine line;
  if (o.json) std::cout << header.dump() << std::endl;
  const auto take = [&](const Lines& lines) {
    if (o.json) {
      for (const auto& one : lines) std::cout << one.dump() << "\n";
      std::cout << std::flush;
    }
    all.insert(all.end(), lines.begin(), lines.end());
  };
  const auto keep = [&](const Lines& lines) {
    if (journal) journal->append(lines);
  };
  const auto progress = [&](std::size_t done, std::size_t total, const std::string& what) {
    line.show(done, total, what);
  };
  experiments::run(experiments::units(o.study), journal ? journal->known() : std::map<std::string, Lines>{},
                   o.jobs, {take, keep, progress});
  return all;
}

int run(Options o, const std::vector<std::string>& arguments) {
  require_known_rules(o.study.rules);
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
  const Lines records = collected(o, header);
  if (!o.json) {
    std::cout << to_line(origin) << "\n";
    experiments::print_table(std::cout, records, evidence::stdout_takes_colour());
  }
  const auto is_refuted = [](const auto& record) { return record.value("verdict", "") == "refuted"; };
  return std::ranges::any_of(records, is_refuted) ? failed : good;
}

}  // namespace

int quadrature(const std::vector<std::string>& arguments) {
  CLI::App app(
      "How the readout's error falls with the number of nodes, by "
      "rule, dimension and window, against theory.",
      "sca quadrature");
  Options options;
  declare(app, options);
  if (const auto code = parse(app, arguments)) return *code;
  if (!options.list) return run(std::move(options), arguments);
  for (const std::string& id : experiments::rule_ids()) std::cout << id << "\n";
  return good;
}

}  // namespace sca::cli
