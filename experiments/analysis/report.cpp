#include "experiments/analysis/report.hpp"

#include <unistd.h>

#include <fstream>

#include "evidence/input/error.hpp"
#include "evidence/plot/gnuplot.hpp"
#include "experiments/analysis/record_set.hpp"
#include "experiments/analysis/report_text.hpp"

namespace sca::experiments::ablation {
namespace {

/// Whole or as it was.
void replace_file(const std::filesystem::path& path, const std::string& text) {
  const std::filesystem::path draft = path.string() + ".tmp" + std::to_string(getpid());
  std::ofstream out(draft, std::ios::binary);
  out << text;
  out.close();
  std::error_code error;
  if (out) std::filesystem::rename(draft, path, error);
  if (out && !error) return;
  std::filesystem::remove(draft, error);
  throw evidence::InputError(path.string(), "report", "a writable file", "none");
}

}  // namespace

void write_report(const Questions& questions, const std::vector<nlohmann::ordered_json>& records,
                  const std::filesystem::path& into) {
  const Analysis analysis = analysed(questions, records);
  const FigureSet figures = report_figures(analysis);
  const bool can_draw = evidence::has_gnuplot();
  std::error_code error;
  std::filesystem::create_directories(into, error);
  replace_file(into / "records.jsonl", record_lines(analysis));
  for (const ReportFigure& one : figures.drawn) {
    if (can_draw) evidence::draw((into / (one.name + ".svg")).string(), drawing(one.figure));
  }
  replace_file(into / "report.md", report_text(analysis, figures, can_draw));
}

}  // namespace sca::experiments::ablation
