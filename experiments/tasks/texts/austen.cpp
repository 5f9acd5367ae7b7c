#include <filesystem>

#include "evidence/input/error.hpp"
#include "experiments/tasks/texts/r_strings.hpp"
#include "experiments/tasks/texts/text.hpp"

namespace sca::experiments::ablation {
namespace {

constexpr std::string_view held_out_novel = "NORTHANGER ABBEY";

bool starts_chapter(std::string_view line) {
  return line.starts_with("CHAPTER ") || line.starts_with("Chapter ");
}

// A novel's first line is its title; what stands before its first chapter is chapter 0.
void add_novel(const std::vector<std::string>& lines, std::vector<Document>& documents) {
  const std::string title = lines.empty() ? "" : lines.front();
  int chapter = 0;
  const auto open = [&] {
    Part part = Part::training;
    if (title == held_out_novel) part = chapter % 2 == 1 ? Part::selection : Part::report;
    documents.push_back({title + " " + std::to_string(chapter), title, {}, part});
  };
  open();
  for (const std::string& line : lines) {
    if (starts_chapter(line)) {
      ++chapter;
      open();
    }
    documents.back().text.append(line).append("\n");
  }
}

Text read_austen() {
  const std::filesystem::path path = "/usr/lib/R/site-library/janeaustenr/data/Rdata.rdb";
  if (!std::filesystem::exists(path)) {
    throw evidence::InputError("text austen", path.string(),
                               "the Debian package r-cran-janeaustenr (./sca setup text)", "no file");
  }
  std::vector<Document> documents;
  for (const std::vector<std::string>& novel : read_r_strings(path)) add_novel(novel, documents);
  return text_of(std::move(documents));
}

}  // namespace

const Text& austen() {
  static const Text text = read_austen();
  return text;
}

}  // namespace sca::experiments::ablation
