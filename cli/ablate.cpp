#include "cli/ablate.hpp"

#include <fmt/format.h>
#include <sched.h>

#include <charconv>
#include <iostream>

#include "cli/ablate_output.hpp"
#include "cli/ablate_report.hpp"
#include "cli/usage.hpp"
#include "evidence/input/error.hpp"
#include "experiments/analysis/report.hpp"
#include "experiments/plans/questions.hpp"
#include "experiments/probe/probe_run.hpp"
#include "experiments/runner/manifest.hpp"
#include "experiments/runner/probing.hpp"
#include "experiments/runner/run_plan.hpp"
#include "experiments/tasks/show.hpp"

namespace sca::cli {
namespace {

using namespace experiments::ablation;

constexpr const char* ablate_footer =
    R"(sca ablate plan PLAN     what it takes, and which contrasts it decides; runs nothing
sca ablate run PLAN      trains what is not recorded yet, then writes the report
sca ablate status PLAN   cell by cell: done, running, stale, waiting
sca ablate probe PLAN    whether the trained models' SCA layers retrieve tokens: of those that the profile names
sca ablate report PLAN   the report from records; with --from, of a file or another folder
DIR holds records-*.jsonl, leases/, runs/ID/ with the trained models, and report.md. Whatever ends a run (Ctrl-C, kill -9,
a crash of the machine), the same command goes on from the last checkpoints. Several machines may work in one shared DIR:
the same command on each, or --shard I/N for every N-th cell; experiments/slurm/submit does it with Slurm.
A learning rate is chosen for each cell (task and architecture) on a seed and evaluation set of its own.
Exit codes besides the usual: 130 and 143 after SIGINT and SIGTERM.)";

struct AblateOptions {
  std::string verb, plan, profile = "smoke", shard = "1/1", into, from, show;
  unsigned jobs = 0;
  bool json = false;
};

void declare(CLI::App& app, AblateOptions& o) {
  app.add_option("VERB", o.verb, "plan, run, status, probe or report")
      ->check(CLI::IsMember({"plan", "run", "status", "probe", "report"}));
  app.add_option("PLAN", o.plan, "for instance experiments/plans/ratio_and_m.toml");
  app.add_option("--profile", o.profile, "how much of the plan: tiny, smoke, wide, full")
      ->capture_default_str();
  app.add_option("--jobs", o.jobs, "processes of one thread each; default: one a core")
      ->check(CLI::Range(1, 1024));
  app.add_option("--shard", o.shard, "I/N: part I of N")->capture_default_str();
  app.add_option("--into", o.into, "the folder DIR; default: ablation/PLAN-PROFILE");
  app.add_option("--from", o.from, "report: records, a file of JSON lines or a folder");
  app.add_option("--show", o.show, "a task's examples as a person reads them: mqar, group:G=S3, ...");
  app.add_flag("--json", o.json, "plan and status as JSON lines");
  app.footer(ablate_footer);
}

unsigned usable_cores() {
  cpu_set_t set;
  CPU_ZERO(&set);
  return sched_getaffinity(0, sizeof(set), &set) == 0 ? static_cast<unsigned>(CPU_COUNT(&set)) : 1;
}

Shard shard_of(const std::string& text) {
  Shard shard{0, 0};
  const char* const end = text.data() + text.size();
  const auto [slash, first] = std::from_chars(text.data(), end, shard.number);
  if (first == std::errc() && slash != end && *slash == '/') {
    const auto [last, second] = std::from_chars(slash + 1, end, shard.count);
    if (second == std::errc() && last == end && shard.number >= 1 && shard.number <= shard.count)
      return shard;
  }
  throw UsageError(
      fmt::format("--shard: expected I/N with 1 <= I <= N, found {}", evidence::in_quotes(text)));
}

/// What a verb works on.
struct Place {
  Plan plan;
  Expansion expansion;
  std::filesystem::path into;
};

Place place(const AblateOptions& o) {
  if (o.plan.empty()) throw UsageError("expected VERB PLAN (see sca ablate --help)");
  Plan plan = read_plan(o.plan);
  Expansion expansion = expand(plan, o.profile);
  std::filesystem::path into = o.into.empty()
                                   ? std::filesystem::path("ablation") / (plan.name + "-" + o.profile)
                                   : std::filesystem::path(o.into);
  return {std::move(plan), std::move(expansion), std::move(into)};
}

Records records_in(const std::filesystem::path& folder) {
  Records records(folder);
  if (std::filesystem::is_directory(folder)) records.refresh();
  return records;
}

int show_plan(const Place& at, const AblateOptions& o) {
  const Records records = records_in(at.into);
  print_budget(at.plan, at.expansion, {o.jobs, speed(&records, at.into.string())}, o.json);
  return good;
}

int show_status(const Place& at, const AblateOptions& o) {
  const Records records = records_in(at.into);
  Schedule schedule(at.expansion, shard_of(o.shard), trainer().id);
  const auto cells = status_of(schedule, records, {at.into, usual_patience}, trainer().cost);
  print_status(at.expansion, cells, {o.jobs, speed(&records, at.into.string())}, o.json);
  return good;
}

std::string command_to_go_on(const AblateOptions& o, const Place& at) {
  return fmt::format("sca ablate run {} --profile {} --into {}{}", o.plan, o.profile, at.into.string(),
                     o.shard == "1/1" ? "" : " --shard " + o.shard);
}

int report(const Place& at, const std::filesystem::path& from) {
  write_report(questions_of(at.plan, at.expansion), ablation_records(from), at.into);
  std::cerr << fmt::format("sca ablate: {}\n", (at.into / "report.md").string());
  return good;
}

int probe_models(const Place& at, const AblateOptions& o) {
  read_manifest(at.into);
  const Records records = records_in(at.into);
  Schedule schedule(at.expansion, shard_of(o.shard), trainer().id);
  const std::vector<Job> runs = probed_runs(schedule, records);
  const std::size_t done = run_probes(runs, {at.into, usual_patience}, probe_run, o.jobs);
  std::cerr << fmt::format("sca ablate: {} of {} models are probed in {}\n", done, runs.size(),
                           at.into.string());
  return done == runs.size() ? good : failed;
}

int run(const Place& at, const AblateOptions& o, const std::vector<std::string>& arguments) {
  const RunRequest request{.into = at.into,
                           .jobs = o.jobs,
                           .shard = shard_of(o.shard),
                           .patience = usual_patience,
                           .provenance = evidence::provenance("ablate", arguments)};
  const RunResult result = run_plan(at.plan, at.expansion, trainer(), request);
  std::cerr << fmt::format("sca ablate: {} of {} runs are recorded in {}, {} diverged\n", result.done,
                           result.total, at.into.string(), result.diverged);
  if (result.done < result.total)
    std::cerr << fmt::format("sca ablate: go on with: {}\n", command_to_go_on(o, at));
  if (result.signal != 0) return 128 + result.signal;
  if (result.is_refused) return bad_input;
  if (result.failed > 0) return failed;
  return request.shard.count == 1 ? report(at, at.into) : good;
}

}  // namespace

int ablate(const std::vector<std::string>& arguments) {
  CLI::App app(
      "Training runs that compare layer ratios, M and the layer's switches, with parameters matched.",
      "sca ablate");
  AblateOptions options;
  options.jobs = usable_cores();
  declare(app, options);
  if (const auto code = parse(app, arguments)) return *code;
  if (!options.show.empty()) {
    std::cout << show(*make_task(options.show), options.show);
    return good;
  }
  if (options.verb.empty())
    throw UsageError("expected plan, run, status, probe or report, and PLAN (see sca ablate --help)");
  const Place at = place(options);
  if (options.verb == "plan") return show_plan(at, options);
  if (options.verb == "status") return show_status(at, options);
  if (options.verb == "probe") return probe_models(at, options);
  if (options.verb == "report")
    return report(at, options.from.empty() ? at.into : std::filesystem::path(options.from));
  return run(at, options, arguments);
}

}  // namespace sca::cli
