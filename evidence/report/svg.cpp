#include "evidence/report/svg.hpp"

#include <array>

#include "evidence/input/error.hpp"

namespace sca::evidence {
namespace {

void insert_after_all(std::string& text, std::string_view mark, std::string_view inserted) {
  for (std::size_t at = 0; (at = text.find(mark, at)) != std::string::npos;) {
    at += mark.size();
    text.insert(at, inserted);
  }
}

void remove_element(std::string& text, const std::string& name) {
  const std::string end = "</" + name + ">";
  const std::size_t from = text.find("<" + name + ">");
  const std::size_t to = text.find(end);
  if (from != std::string::npos && to != std::string::npos && from < to)
    text.erase(from, to + end.size() - from);
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&': result += "&amp;"; break;
      case '<': result += "&lt;"; break;
      case '>': result += "&gt;"; break;
      case '"': result += "&quot;"; break;
      default: result += c;
    }
  }
  return result;
}

std::string inline_svg(std::string_view svg, std::string_view prefix, std::string_view title,
                       std::string_view file) {
  const std::size_t start = svg.find("<svg");
  const std::size_t open = start == std::string_view::npos ? start : svg.find('>', start);
  if (open == std::string_view::npos) throw InputError(file, "svg", "a drawing", "none");
  std::string text(svg.substr(start));
  remove_element(text, "title");
  remove_element(text, "desc");
  for (const std::string_view mark : {" id=\"", " id='", "href=\"#", "href='#", "url(#"})
    insert_after_all(text, mark, prefix);
  const std::string name = escaped(title);
  text.insert(text.find('>') + 1, "<title>" + name + "</title>");
  return text.insert(std::string_view("<svg").size(), " role=\"img\" aria-label=\"" + name + "\"");
}

}  // namespace sca::evidence
