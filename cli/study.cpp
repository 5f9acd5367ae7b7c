#include "cli/study.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <optional>

#include "cli/usage.hpp"
#include "evidence/progress.hpp"

namespace sca::cli {

using experiments::Lines;

void declare(CLI::App& app, StudyOptions& o) {
  app.add_option("--jobs", o.jobs, "threads; default: one a core")->check(CLI::Range(1, 1024));
  app.add_option("--save", o.save, "keep the records in this file, and resume from it");
  app.add_option("--from", o.from, "show records kept before; computes nothing")->excludes("--save");
  app.add_option("--plot", o.plot, "draw into a .svg, .png or .pdf (needs gnuplot)");
  app.add_flag("--json", o.json, "JSON lines: provenance, then the records");
  app.add_flag("--list", o.list, "what can be named; computes nothing");
}

void require_known(const char* noun, const std::vector<std::string>& words,
                   const std::vector<std::string>& ids) {
  for (const std::string& word : words) {
    const auto names = [&](const std::string& id) { return id == word || id.starts_with(word + "/"); };
    if (std::ranges::any_of(ids, names)) continue;
    const auto near = nearest(word, ids);
    throw UsageError(fmt::format("unknown {} '{}'{} (--list shows all)", noun, word,
                                 near.empty() ? "" : "; did you mean " + near.front() + "?"));
  }
}

void require_plot(const StudyOptions& o) {
  if (o.plot.empty()) return;
  const bool are_kept = o.json || !o.save.empty();
  are_kept ? evidence::require_figure_name(o.plot) : evidence::require_gnuplot(o.plot);
}

void draw_plot(const StudyOptions& o, const char* command, const std::function<evidence::Figure()>& figure) {
  if (o.plot.empty()) return;
  if (evidence::has_gnuplot()) return evidence::draw(o.plot, drawing(figure()));
  std::cerr << fmt::format("{}: no {}: gnuplot is missing: apt-get install {}; then {} --from {} --plot {}\n",
                           command, o.plot, evidence::gnuplot_package, command,
                           o.save.empty() ? "RECORDS" : o.save, o.plot);
}

Lines collected(const StudyOptions& o, const nlohmann::ordered_json& header,
                const std::vector<experiments::Task>& tasks, const experiments::Journal::NameOf& name_of) {
  std::optional<experiments::Journal> journal;
  if (!o.save.empty()) journal.emplace(o.save, header, name_of);
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
  experiments::run(tasks, journal ? journal->known() : std::map<std::string, Lines>{}, o.jobs,
                   {take, keep, progress});
  return all;
}

int verdict_of(const Lines& records) {
  const auto has = [&](const char* verdict) {
    return std::ranges::any_of(records,
                               [&](const auto& record) { return record.value("verdict", "") == verdict; });
  };
  if (has("refuted")) return failed;
  return has("undecided") ? undecided : good;
}

}  // namespace sca::cli
