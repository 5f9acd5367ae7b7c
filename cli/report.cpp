#include "cli/report.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "cli/usage.hpp"
#include "evidence/input/error.hpp"
#include "evidence/markdown.hpp"
#include "evidence/records_file.hpp"

namespace sca::cli {
namespace {

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

}  // namespace

int report(const std::vector<std::string>& arguments) {
  CLI::App app(
      "Rewrites the generated tables of documents from records, in place. A table stands between the lines "
      "`<!-- table NAME -->` and `<!-- end table -->`; NAME is `claims`, `claims PREFIX` for the claims "
      "whose "
      "id starts so, `text CLAIM…` for some claims as plain text, `reach NAME` for what retrieval takes on a "
      "prefix, `bench` or `bench PREFIX` for kernels' times, or `peers` for their ratios to other "
      "frameworks'. "
      "Runs nothing.",
      "sca report");
  std::string records;
  std::vector<std::string> documents;
  bool check = false;
  app.add_option("--tables", records,
                 "JSON lines, as `sca prove --json`, `sca bench --json` or peers.py --json prints them")
      ->required();
  app.add_option("DOCUMENT", documents, "Markdown files")->required();
  app.add_flag("--check", check, "write nothing; exit 1 if a document's tables are not what the records say");
  if (const auto code = parse(app, arguments)) return *code;

  const auto lines = evidence::read_records(records);
  bool current = true;
  for (const std::string& path : documents) {
    const std::string before = read_text(path);
    const std::string after = evidence::with_tables(before, lines, path);
    if (before == after) continue;
    current = false;
    if (check) {
      std::cerr << path << ": tables are not those of " << records << "\n";
    } else {
      replace_text(path, after);
      std::cerr << path << ": rewritten\n";
    }
  }
  return check && !current ? failed : good;
}

}  // namespace sca::cli
