#include <stdio.h>

#include <algorithm>

#include "evidence/input/error.hpp"
#include "excerpts.hpp"
#include "experiments/tasks/texts/text.hpp"

namespace sca::experiments::ablation {
namespace {

std::string printed_bible() {
  std::string text;
  FILE* const pipe = popen("bible -f 'Gen1:1-Rev22:21' 2>/dev/null </dev/null", "r");
  if (pipe != nullptr) {
    std::string part(1 << 16, '\0');
    while (const std::size_t n = fread(part.data(), 1, part.size(), pipe)) text.append(part, 0, n);
    pclose(pipe);
  }
  if (text.empty()) {
    throw evidence::InputError("text kjv", "the command bible",
                               "the Debian packages bible-kjv and bible-kjv-text (./sca setup text)",
                               "no text");
  }
  return text;
}

// A verse a line, "1Sm12:3 ...": a document a chapter, without the labels.
std::vector<Document> chapters(std::string_view text) {
  std::vector<Document> documents;
  while (!text.empty()) {
    const std::string_view verse = text.substr(0, std::min(text.find('\n'), text.size() - 1) + 1);
    const std::string_view label = verse.substr(0, verse.find(':'));
    const std::size_t digits = label.find_last_not_of("0123456789") + 1;
    const std::string book(label.substr(0, digits));
    const std::string name = book + " " + std::string(label.substr(digits));
    if (documents.empty() || documents.back().name != name) documents.push_back({name, book, {}});
    documents.back().text += verse.substr(std::min(verse.find(' '), verse.size() - 1) + 1);
    text.remove_prefix(verse.size());
  }
  return documents;
}

Text psalms() {
  std::vector<Document> documents = chapters(excerpts_text("data/texts/psalms.txt"));
  for (Document& psalm : documents) psalm.work = psalm.name;
  hold_out(documents);
  return text_of(std::move(documents));
}

Text bible() {
  std::vector<Document> documents = chapters(printed_bible());
  hold_out(documents);
  return text_of(std::move(documents));
}

}  // namespace

const Text& kjv() {
  static const Text text = bible();
  return text;
}

const Text& kjv_excerpt() {
  static const Text text = psalms();
  return text;
}

}  // namespace sca::experiments::ablation
