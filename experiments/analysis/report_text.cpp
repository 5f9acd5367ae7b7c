#include "experiments/analysis/report_text.hpp"

#include <fmt/format.h>

#include <set>

#include "evidence/plot/gnuplot.hpp"
#include "evidence/provenance.hpp"
#include "experiments/analysis/answer.hpp"
#include "experiments/analysis/markdown_rows.hpp"
#include "experiments/analysis/probe_table.hpp"
#include "experiments/analysis/tables.hpp"

namespace sca::experiments::ablation {
namespace {

std::string section(const std::string& title, const std::string& about, const evidence::Table& table,
                    const char* otherwise) {
  const std::string rows = as_markdown(table);
  const std::string lead = about.empty() ? "" : about + "\n\n";
  return fmt::format("\n## {}\n\n{}", title, rows.empty() ? std::string(otherwise) + "\n" : lead + rows);
}

std::string origin(const Analysis& analysis) {
  std::set<std::string> sources;
  double seconds = 0;
  for (const RunRecord& run : analysis.runs) {
    sources.insert(run.sources.substr(0, 16));
    seconds += run.seconds;
  }
  std::string text = fmt::format("{} runs, {:.0f} minutes of one core's time; trainer's sources",
                                 analysis.runs.size(), seconds / 60);
  for (const std::string& one : sources) text += " `" + one + "`";
  if (sources.size() > 1) text += " (**not all runs are of one build**)";
  if (analysis.provenance.is_object()) {
    const auto p = evidence::recorded_provenance(analysis.provenance);
    text += fmt::format("; `{}`, sca {} {}, {}, {}", p.command, p.version, p.commit, p.compiler, p.cpu);
  }
  return text + ".\n";
}

std::string figures_text(const FigureSet& figures, bool are_drawn) {
  std::string text = "\n## Figures\n";
  if (!are_drawn)
    text += fmt::format("\nNot drawn: gnuplot is missing (apt-get install {}).\n", evidence::gnuplot_package);
  for (const ReportFigure& one : figures.drawn) {
    if (are_drawn) text += fmt::format("\n![{}]({}.svg)\n", one.figure.title, one.name);
  }
  if (!figures.left_out.empty()) text += "\nLeft out:\n\n";
  for (const std::string& one : figures.left_out) text += "- " + one + "\n";
  return text;
}

std::string contrast_sections(const Analysis& analysis) {
  return section("Primary contrasts", "Effects are a − b; bits per byte are better when lower.",
                 primaries_table(analysis), "The plan declares none.") +
         section("Secondary contrasts",
                 "Not corrected for being many: what looks like a difference here is a question for the "
                 "next run.",
                 secondaries_table(analysis), "The plan declares none.");
}

std::string prediction_sections(const Analysis& analysis) {
  const std::string parts = as_markdown(parts_table(analysis));
  return section("Predictions",
                 "Decided from the records by the rule in the last column. A part holds or fails where its "
                 "interval is on one side; else it is open. supported: all tested parts hold; not "
                 "supported: some fail, none holds; not tested: none was; mixed: anything else.",
                 predictions_table(analysis), "The plan states none.") +
         (parts.empty() ? "" : "\nThe parts that were tested:\n\n" + parts);
}

}  // namespace

std::string report_text(const Analysis& analysis, const FigureSet& figures, bool are_drawn) {
  const Questions& q = analysis.questions;
  return fmt::format("# Ablation {}, profile {}\n\n{}\n\n", q.plan, q.profile, q.question) +
         origin(analysis) + "\n## Answer\n\n" + answer_text(analysis) + "\n" + power_text(analysis) +
         contrast_sections(analysis) + prediction_sections(analysis) +
         section("Results",
                 "Report runs, fresh seeds. Solved: 0.9 of the way from chance to 1, with Wilson's interval.",
                 results_table(analysis), "No report run is done.") +
         section(
             "Matching",
             "Residual: parameters beside the plan's base (2:1, M = 2 where it says nothing else). State: "
             "of a sequence of the task's longest length. Train FLOPs: three times the forward pass, all "
             "steps.",
             audit_table(analysis), "No run is done.") +
         section("Learning rates",
                 "Chosen for each task and architecture on a seed and split of their own. Spread: how far "
                 "the rates are apart.",
                 rates_table(analysis), "No pilot run is done.") +
         section("Runs that diverged", "They count as guessing, and were not repeated.",
                 diverged_table(analysis), "None.") +
         figures_text(figures, are_drawn) + probe_section(analysis) +
         section("Every run", "", runs_table(analysis), "None is done.");
}

}  // namespace sca::experiments::ablation
