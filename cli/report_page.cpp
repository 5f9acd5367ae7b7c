#include "cli/report_page.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <sstream>

#include "bench/plot.hpp"
#include "cli/report_kinds.hpp"
#include "evidence/input/error.hpp"
#include "evidence/provenance.hpp"
#include "evidence/reach_table.hpp"
#include "evidence/records_file.hpp"
#include "evidence/report/page.hpp"
#include "evidence/report/svg.hpp"
#include "experiments/analysis/answer.hpp"
#include "experiments/analysis/figures.hpp"
#include "experiments/analysis/probe_table.hpp"
#include "experiments/analysis/record_set.hpp"
#include "experiments/analysis/tables.hpp"
#include "experiments/capacity/figure.hpp"
#include "experiments/capacity/recorded.hpp"
#include "experiments/quadrature/figure.hpp"
#include "experiments/quadrature/recorded.hpp"

namespace sca::cli {
namespace {

using evidence::InputError;
using Json = nlohmann::ordered_json;

/// The records of one run: a file may hold several, each behind its provenance.
struct Run {
  std::string file;
  std::vector<Json> records;  // the first one says where they come from
};

std::vector<std::string> record_files(const std::string& folder) {
  std::error_code error;
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".jsonl") files.push_back(entry.path().string());
  }
  if (error) throw InputError(folder, "records", "a folder", "none");
  if (files.empty()) throw InputError(folder, "records", "files *.jsonl", "none");
  std::ranges::sort(files);
  return files;
}

/// A file's runs, every line of which the page knows.
std::vector<Run> runs_of(const std::string& file) {
  const std::vector<Json> records = evidence::read_run(file);
  std::vector<Run> runs;
  for (std::size_t i = 0; i < records.size(); ++i) {
    const Json& record = records[i];
    if (record.contains("provenance")) {
      if (!record["provenance"].is_object())
        throw InputError(file, fmt::format("line {}", i + 1), "a provenance",
                         evidence::in_quotes(record.dump()));
      runs.push_back({file, {}});
    } else if (!record.contains("reach") && kind_of(record) == nullptr) {
      throw InputError(file, fmt::format("line {}", i + 1), "a record of sca's",
                       evidence::in_quotes(record.dump()));
    }
    runs.back().records.push_back(record);
  }
  experiments::recorded_series(records, file);
  experiments::capacity::recorded_series(records, file);
  return runs;
}

evidence::Source source_of(const Run& run) {
  const auto p = evidence::recorded_provenance(run.records.front()["provenance"]);
  return {run.file, p.command,
          fmt::format("sca {} {} · {} {} · {} · {} · seed {}", p.version, p.commit, p.compiler, p.flags,
                      p.libraries, p.cpu, p.seed)};
}

std::string text(const Json& record, const char* field) {
  const auto found = record.find(field);
  return found != record.end() && found->is_string() ? *found : "";
}

/// How often each verdict was given, and what it goes against.
void answer(const Run& run, const RecordKind& kind, evidence::Page& page) {
  std::map<std::string, int> counts;
  std::vector<evidence::PageAnswer> against;
  int all = 0;
  for (const Json& record : run.records) {
    if (kind_of(record) != &kind) continue;
    const std::string verdict = text(record, "verdict");
    ++counts[verdict];
    ++all;
    const std::string expected = text(record, "expected");
    const bool is_surprise = !expected.empty() && expected != verdict;
    if (!is_surprise && verdict != "refuted" && verdict != "fail" && verdict != "survived") continue;
    const std::string name = cells(kind, record).front();
    against.push_back({verdict, fmt::format("{}: {}{}", name, text(record, kind.about),
                                            expected.empty() ? ""
                                            : is_surprise    ? ", unexpectedly"
                                                             : ", as expected")});
  }
  if (all == 0) return;
  std::string sum = fmt::format("{} {}:", all, kind.noun);
  const char* separator = " ";
  for (const auto& [verdict, count] : counts) {
    sum += fmt::format("{}{} {}", separator, count, verdict);
    separator = ", ";
  }
  page.answers.push_back({"", sum + " · " + source_of(run).command});
  page.answers.insert(page.answers.end(), against.begin(), against.end());
}

void add_tables(const Run& run, const RecordKind& kind, evidence::Page& page) {
  if (kind.columns.empty()) return;
  evidence::PageTable table{kind.title, empty_table(kind), source_of(run)};
  for (const Json& record : run.records) {
    if (kind_of(record) == &kind) table.table.add(cells(kind, record));
  }
  if (!table.table.rows().empty()) page.tables.push_back(std::move(table));
}

void add_reaches(const Run& run, evidence::Page& page) {
  for (const Json& record : run.records) {
    if (!record.contains("reach")) continue;
    page.tables.push_back({fmt::format("What retrieval takes: {}, every token to {}", text(record, "prefix"),
                                       text(record, "epsilon")),
                           evidence::reach_table(record["reach"]), source_of(run)});
  }
}

/// The figure as an element of the page, by way of a file, since that is what gnuplot writes.
void add_figure(const Run& run, const evidence::Figure& figure, evidence::Page& page) {
  const auto file = std::filesystem::temp_directory_path() / fmt::format("sca_report_{}.svg", getpid());
  evidence::draw(file.string(), drawing(figure));
  std::ostringstream drawn;
  drawn << std::ifstream(file).rdbuf();
  std::error_code ignored;
  std::filesystem::remove(file, ignored);
  const std::string prefix = fmt::format("f{}-", page.figures.size() + 1);
  page.figures.push_back(
      {figure.title, evidence::inline_svg(drawn.str(), prefix, figure.title, file.string()), source_of(run)});
}

/// What the run's records say of an ablation, if they are one.
void add_ablation(const Run& run, bool can_draw, evidence::Page& page) {
  namespace ablation = experiments::ablation;
  const auto analysis = ablation::analysed_again(run.records, run.file);
  if (!analysis) return;
  std::ranges::copy(ablation::page_answers(*analysis), std::back_inserter(page.answers));
  const std::string name = "Ablation " + analysis->questions.plan + ": ";
  for (const auto& [title, table] : {std::pair{"primary contrasts", ablation::primaries_table(*analysis)},
                                     std::pair{"secondary contrasts", ablation::secondaries_table(*analysis)},
                                     std::pair{"predictions", ablation::predictions_table(*analysis)},
                                     std::pair{"the retrieval probe", ablation::probe_table(*analysis)},
                                     std::pair{"every run", ablation::runs_table(*analysis)}}) {
    if (!table.rows().empty()) page.tables.push_back({name + title, table, source_of(run)});
  }
  if (!can_draw) return;
  for (const auto& one : ablation::report_figures(*analysis).drawn) add_figure(run, one.figure, page);
}

void add_figures(const Run& run, evidence::Page& page) {
  for (const std::string& target : experiments::recorded_targets(run.records, run.file))
    add_figure(run, experiments::quadrature_figure(run.records, run.file, target), page);
  if (std::ranges::any_of(run.records, experiments::capacity::is_capacity_record))
    add_figure(run, experiments::capacity::capacity_figure(run.records, run.file), page);
  std::vector<Json> timed;
  std::ranges::copy_if(run.records, std::back_inserter(timed), [](const Json& record) {
    return record.contains("of_floor") && record.contains("kernel");
  });
  if (timed.empty()) return;
  add_figure(run, bench::cost_figure(bench::measurements(timed, run.file), run.records.front()["provenance"]),
             page);
}

}  // namespace

std::string report_page(const std::string& folder) {
  evidence::Page page{
      .title = "sca: claims, errors, times", .answers = {}, .note = "", .figures = {}, .tables = {}};
  std::vector<Run> runs;
  for (const std::string& file : record_files(folder))
    std::ranges::copy(runs_of(file), std::back_inserter(runs));
  const bool can_draw = evidence::has_gnuplot();
  for (const RecordKind& kind : record_kinds()) {
    for (const Run& run : runs) {
      if (*kind.noun != '\0') answer(run, kind, page);
      add_tables(run, kind, page);
    }
  }
  for (const Run& run : runs) {
    add_reaches(run, page);
    if (can_draw) add_figures(run, page);
    add_ablation(run, can_draw, page);
  }
  if (!can_draw) {
    page.note = fmt::format("Not drawn: gnuplot is missing (apt-get install {}).", evidence::gnuplot_package);
    std::cerr << "sca report: figures: " << page.note << "\n";
  }
  return html(page);
}

}  // namespace sca::cli
