#include "cli/capacity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <map>

#include "cli/study.hpp"
#include "cli/usage.hpp"
#include "evidence/provenance.hpp"
#include "evidence/records_file.hpp"
#include "evidence/table.hpp"
#include "experiments/capacity/figure.hpp"
#include "experiments/capacity/recorded.hpp"
#include "experiments/capacity/study.hpp"
#include "experiments/capacity/table.hpp"
#include "experiments/ids.hpp"

namespace sca::cli {
namespace {

using experiments::Lines;
namespace study = experiments::capacity;

constexpr const char* capacity_footer =
    R"(What M points can retrieve, theory beside measurement: cliff/* the rank of the readout's matrix and the residual of
generic coefficients; conditioning/* what nearness of tokens costs; rank/* the numerical rank of a channel's phases;
identifiability/* unknowns that the state leaves free; recall/* key-value pairs in a random layer's state.
Arithmetic: intervals (FLINT/Arb) at the least precision that decides every instance, double for recall.
Verdicts: `matches theory`, `refuted` (an exact value or a bound certainly broken, or a mean that chance would put so far
away less than once in a million), `pre-asymptotic` (theory says nothing yet at this size), `undecided` (out of
precision), `no theory` (an expectation that nobody proved).
--save: series are appended as they are done; the same command resumes after any interruption.
--plot: a panel a study. --from with STUDY, --plot, --json: from records alone.
Exit code: 1 if anything is refuted, 3 if anything is undecided.)";

struct CapacityOptions {
  study::Settings study;
  StudyOptions run;
};

void declare(CLI::App& app, CapacityOptions& o) {
  app.add_option("STUDY", o.study.studies, "studies or their families (cliff, recall/phases); default: all");
  app.add_option("--instances", o.study.instances, "of every size; the dearest studies take fewer")
      ->check(CLI::Range(2, 10000))
      ->capture_default_str();
  app.add_option("--seed", o.study.seed, "of all random numbers")->capture_default_str();
  declare(app, o.run);
  app.footer(capacity_footer);
}

/// Table, figure and exit code. `records` begin with their header; they are from `source`.
int show(const StudyOptions& o, const Lines& records, const std::string& source) {
  if (!o.json) {
    std::cout << to_line(evidence::recorded_provenance(records.front()["provenance"])) << "\n";
    study::print_table(std::cout, records, evidence::stdout_takes_colour());
  }
  draw_plot(o, "sca capacity", [&] { return study::capacity_figure(records, source); });
  return verdict_of(records);
}

/// In the order of the studies: a run keeps series as they are done.
void sort_by_task(Lines& records) {
  std::map<std::string, std::size_t> place;
  for (const auto& task : study::tasks({})) place.emplace(task.name, place.size());
  std::ranges::stable_sort(records.begin() + 1, records.end(), {}, [&](const auto& record) {
    const auto found = place.find(study::name_of_line(record));
    return found == place.end() ? place.size() : found->second;
  });
}

int show_kept(const CapacityOptions& o) {
  const Lines all = evidence::read_run(o.run.from);
  study::recorded_series(all, o.run.from);  // says what is not in order
  Lines records{all.front()};
  for (const auto& record : all) {
    if (study::is_capacity_record(record) && experiments::is_asked_for(record["study"], o.study.studies))
      records.push_back(record);
  }
  sort_by_task(records);
  if (o.run.json) {
    for (const auto& one : records) std::cout << one.dump() << "\n";
  }
  return show(o.run, records, o.run.from);
}

int run(const CapacityOptions& o, const std::vector<std::string>& arguments) {
  require_known("study", o.study.studies, study::study_ids());
  require_plot(o.run);
  if (!o.run.from.empty()) return show_kept(o);
  const auto origin = evidence::provenance("capacity", arguments, fmt::format("{}", o.study.seed));
  const nlohmann::ordered_json header{
      {"provenance", to_json(origin)},
      {"settings", {{"studies", o.study.studies}, {"instances", o.study.instances}, {"seed", o.study.seed}}}};
  Lines records{header};
  for (auto& line : collected(o.run, header, study::tasks(o.study), study::name_of_line))
    records.push_back(std::move(line));
  return show(o.run, records, "records");
}

}  // namespace

int capacity(const std::vector<std::string>& arguments) {
  CLI::App app("What M points can and cannot retrieve: measured, with theory beside.", "sca capacity");
  CapacityOptions options;
  declare(app, options);
  if (const auto code = parse(app, arguments)) return *code;
  if (!options.run.list) return run(options, arguments);
  for (const std::string& id : study::study_ids()) std::cout << id << "\n";
  return good;
}

}  // namespace sca::cli
