#include "experiments/tasks/texts/text.hpp"

#include <algorithm>
#include <map>

#include "evidence/hash.hpp"
#include "evidence/sha256.hpp"

namespace sca::experiments::ablation {

std::string Text::joined(Part part) const {
  std::string result;
  for (const Document& document : documents) {
    if (document.part == part) result += document.text;
  }
  return result;
}

Text text_of(std::vector<Document> documents) {
  std::string all;
  for (const Document& document : documents) all += document.text;
  return {std::move(documents), evidence::sha256(all)};
}

void hold_out(std::vector<Document>& documents) {
  std::map<std::string, std::size_t> sizes;
  std::size_t total = 0;
  for (const Document& document : documents) {
    sizes[document.work] += document.text.size();
    total += document.text.size();
  }
  std::vector<std::string> works;
  for (const auto& [work, size] : sizes) works.push_back(work);
  std::ranges::sort(works, {}, [](const std::string& work) { return evidence::hashed(work); });

  std::map<std::string, Part> parts;
  std::size_t selection = 0, report = 0;
  for (const std::string& work : works) {
    const std::size_t size = sizes[work];
    if (20 * (report + size) <= total) {
      parts[work] = Part::report;
      report += size;
    } else if (20 * (selection + size) <= total) {
      parts[work] = Part::selection;
      selection += size;
    }
  }
  for (Document& document : documents) document.part = parts[document.work];
}

}  // namespace sca::experiments::ablation
