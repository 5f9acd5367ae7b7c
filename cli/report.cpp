#include "cli/report.hpp"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "cli/report_page.hpp"
#include "cli/usage.hpp"
#include "evidence/cuda/tables.hpp"
#include "evidence/input/error.hpp"
#include "evidence/markdown.hpp"
#include "evidence/records_file.hpp"
#include "experiments/analysis/ablate_tables.hpp"
#include "experiments/capacity/recorded.hpp"
#include "experiments/capacity/table.hpp"
#include "experiments/quadrature/table.hpp"

namespace sca::cli {
namespace {

constexpr const char* report_footer =
    R"(sca report DIR -o F.html
    Everything that the files *.jsonl in DIR hold, as prove, quadrature, capacity, check, bench (--json) and
    bench/peers/peers.py write them: verdicts, then figures (drawn by gnuplot, inside the page), then tables that sort.
sca report --tables RECORDS DOCUMENT…
    Rewrites the generated tables of documents in place. A table stands between the lines `<!-- table NAME -->` and
    `<!-- end table -->`; NAME is `claims`, `claims PREFIX` for the claims whose id starts so, `text CLAIM…` for some
    claims as plain text, `reach NAME` for what retrieval takes on a prefix, `bench` or `bench PREFIX` for kernels'
    times, `peers` for their ratios to other frameworks', `quadrature own` or `quadrature total` for the slopes of those errors
    (of another target than token: `quadrature own TARGET`), `capacity` for what M points can retrieve, `ablate WHICH` for
    an ablation's answer, power, primaries, secondaries, predictions, parts, results, audit, rates, diverged, probe or runs.)";

std::string read_text(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw evidence::InputError(path, "document", "a readable file", "none");
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// A document is whole or as it was: the new text goes to a file beside it, which then takes its name.
void replace_text(const std::string& path, const std::string& text) {
  const std::string beside = path + ".tmp" + std::to_string(getpid());
  std::ofstream out(beside, std::ios::binary);
  out << text;
  out.close();
  std::error_code error;
  if (out) std::filesystem::rename(beside, path, error);
  if (out && !error) return;
  std::filesystem::remove(beside, error);
  throw evidence::InputError(path, "document", "a writable file", "none");
}

struct ReportOptions {
  std::vector<std::string> where;
  std::vector<std::string> records;
  std::string output;
  bool check = false;
};

void declare(CLI::App& app, ReportOptions& o) {
  app.add_option("WHERE", o.where, "a folder of records, or with --tables the Markdown files")->required();
  auto* tables =
      app.add_option("--tables", o.records,
                     "rewrite the documents' tables from this file of JSON lines instead; may be repeated")
          ->allow_extra_args(false);
  app.add_option("-o,--output", o.output, "the page, F.html")->excludes(tables);
  app.add_flag("--check", o.check,
               "write nothing; exit 1 if a document's tables are not what the records say")
      ->needs(tables);
  app.footer(report_footer);
}

int rewrite_tables(const ReportOptions& o) {
  std::vector<std::vector<nlohmann::ordered_json>> files;
  for (const std::string& path : o.records) files.push_back(evidence::read_records(path));
  const std::map<std::string, evidence::TableMaker> makers{
      {"ablate", experiments::ablation::markdown_table},
      {"cuda", evidence::cuda::markdown_table},
      {"quadrature", experiments::markdown_table},
      {"capacity", [](const experiments::Lines& lines, const std::string&, std::string_view) {
         const bool is_fed = std::ranges::any_of(lines, experiments::capacity::is_capacity_record);
         return is_fed ? experiments::capacity::markdown_table(lines) : std::string();
       }}};
  bool current = true;
  for (const std::string& path : o.where) {
    const std::string before = read_text(path);
    const std::string after = evidence::with_tables(before, files, path, makers);
    if (before == after) continue;
    current = false;
    if (o.check) {
      std::cerr << path << ": tables are not those of the records\n";
    } else {
      replace_text(path, after);
      std::cerr << path << ": rewritten\n";
    }
  }
  return o.check && !current ? failed : good;
}

}  // namespace

int report(const std::vector<std::string>& arguments) {
  CLI::App app("Shows records: one self-contained page, or the tables of documents. Runs nothing.",
               "sca report");
  ReportOptions options;
  declare(app, options);
  if (const auto code = parse(app, arguments)) return *code;
  if (!options.records.empty()) return rewrite_tables(options);
  if (options.output.empty() || options.where.size() != 1)
    throw UsageError("expected DIR -o F.html, or --tables RECORDS DOCUMENT…");
  replace_text(options.output, report_page(options.where.front()));
  return good;
}

}  // namespace sca::cli
