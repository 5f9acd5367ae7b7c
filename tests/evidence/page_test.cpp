#include <gtest/gtest.h>

#include "evidence/input/error.hpp"
#include "evidence/report/page.hpp"
#include "evidence/report/svg.hpp"

namespace sca::evidence {
namespace {

bool holds(const std::string& text, const std::string& what) { return text.find(what) != std::string::npos; }

TEST(InlineSvg, IdsAndTheirUsesGetThePrefixAndTheTitleIsOurs) {
  const std::string svg = inline_svg(
      "<?xml version=\"1.0\"?>\n<svg viewBox=\"0 0 1 1\"><title>Gnuplot</title><g id=\"a\"/><path id='b'/>"
      "<use xlink:href='#b'/><g clip-path=\"url(#a)\"/></svg>",
      "f1-", "x < y", "x.svg");
  EXPECT_TRUE(svg.starts_with("<svg role=\"img\" aria-label=\"x &lt; y\""));
  for (const char* part :
       {"<title>x &lt; y</title>", "id=\"f1-a\"", "id='f1-b'", "href='#f1-b'", "url(#f1-a)"})
    EXPECT_TRUE(holds(svg, part)) << part << "\n" << svg;
  EXPECT_FALSE(holds(svg, "Gnuplot"));
  EXPECT_THROW(inline_svg("nothing", "f1-", "x", "x.svg"), InputError);
}

Page page() {
  Table table({{"name"}, {"n", Table::Align::right}});
  table.add({"<script>alert(1)</script>", "3"});
  table.add({"refuted", "4"});
  return {.title = "A & B",
          .answers = {{"refuted", "one: why"}},
          .note = "",
          .figures = {{"A figure", "<svg></svg>", {"f.jsonl", "sca quadrature", "sca 1"}}},
          .tables = {{"A table", table, {"t.jsonl", "sca prove --json", "sca 2"}}}};
}

TEST(Html, TextIsEscapedAndNothingIsLoaded) {
  const std::string text = html(page());
  EXPECT_TRUE(holds(text, "<title>A &amp; B</title>"));
  EXPECT_TRUE(holds(text, "&lt;script&gt;alert(1)"));
  for (const char* load : {"http:", "https:", "<link", "<img", "@import", " src="})
    EXPECT_FALSE(holds(text, load)) << load;
}

TEST(Html, EveryTableAndFigureHasItsCommandAndColumnsSort) {
  const std::string text = html(page());
  EXPECT_TRUE(holds(text, "<code>sca prove --json</code> · sca 2 · t.jsonl"));
  EXPECT_TRUE(holds(text, "<code>sca quadrature</code> · sca 1 · f.jsonl"));
  EXPECT_TRUE(holds(text, "aria-sort=\"none\" class=\"right\"><button type=\"button\">n</button>"));
  EXPECT_TRUE(holds(text, "<td><span class=\"verdict against\">refuted</span></td>"));
}

TEST(Html, TheAnswerComesFirst) {
  const std::string text = html(page());
  EXPECT_LT(text.find("one: why"), text.find("<svg>"));
  EXPECT_LT(text.find("<svg>"), text.find("<table>"));
}

}  // namespace
}  // namespace sca::evidence
