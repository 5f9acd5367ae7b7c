// `sca quadrature` as its users meet it.

#include <nlohmann/json.hpp>

#include <cstdlib>

#include "tests/cli/command.hpp"

namespace {

using sca::cli::test::Outcome;

class Quadrature : public sca::cli::test::Command {
 protected:
  /// Seconds of a study of one's own tokens: no Genesis.
  const std::string small =
      "quadrature tensor/midpoint qmc/halton --dims 1 --nodes 2:32:x2 --instances 8 --targets "
      "token --tokens ";
  bool has_gnuplot() const {
    return sca("doctor").out.find("missing: apt-get install gnuplot-nox") == std::string::npos;
  }
  Outcome without_path(const std::string& arguments) const {
    const std::string path = std::getenv("PATH");
    setenv("PATH", folder.c_str(), 1);
    const Outcome outcome = sca(arguments);
    setenv("PATH", path.c_str(), 1);
    return outcome;
  }
  std::string tokens() const { return file("mine.csv", "0,1\n1,0\n0.5,0.25\n-1,2\n"); }
};

TEST_F(Quadrature, ListNamesTheRules) {
  const Outcome run = sca("quadrature --list");
  EXPECT_EQ(run.code, 0) << run.err;
  EXPECT_NE(run.out.find("tensor/gauss-legendre\n"), std::string::npos);
  EXPECT_NE(run.out.find("qmc/sobol-scrambled\n"), std::string::npos);
}

TEST_F(Quadrature, RecordsAreWhole) {
  const Outcome run = sca(small + tokens() + " --json");
  EXPECT_EQ(run.code, 0) << run.err;
  EXPECT_EQ(run.err, "");
  std::istringstream lines(run.out);
  std::string line;
  ASSERT_TRUE(std::getline(lines, line));
  EXPECT_TRUE(nlohmann::json::parse(line)["provenance"].contains("command")) << line;
  std::size_t points = 0;
  std::size_t fits = 0;
  while (std::getline(lines, line)) {
    const auto record = nlohmann::json::parse(line);
    ++(record["kind"] == "point" ? points : fits);
    EXPECT_TRUE(record["d"] == 1 || record["d"] == 2) << line;
  }
  EXPECT_EQ(points, 4 * 5u);  // two rules, two dimensions, five sizes
  EXPECT_EQ(fits, 4u);
}

TEST_F(Quadrature, TableSaysWhatWasFound) {
  const Outcome run = sca(small + tokens());
  EXPECT_EQ(run.code, 0) << run.err;
  EXPECT_TRUE(run.out.starts_with("# sca quadrature")) << run.out;
  EXPECT_NE(run.out.find("matches theory"), std::string::npos) << run.out;
}

TEST_F(Quadrature, ResumesToTheSameRecords) {
  const std::string saved = (folder / "records.jsonl").string();
  const std::string arguments = small + tokens() + " --save " + saved;
  const Outcome first = sca(arguments);
  ASSERT_EQ(first.code, 0) << first.err;
  const auto size = std::filesystem::file_size(saved);
  std::filesystem::resize_file(saved, size * 2 / 3);
  const Outcome second = sca(arguments);
  EXPECT_EQ(second.out, first.out);
  EXPECT_EQ(std::filesystem::file_size(saved), size);
  refused(arguments + " --phase 9", {"records.jsonl", "settings"});
}

std::string contents(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

std::vector<std::string> sorted_lines(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  std::ranges::sort(lines);
  return lines;
}

TEST_F(Quadrature, RecordsAloneGiveTableAndFigure) {
  const std::string saved = (folder / "records.jsonl").string();
  const std::string figure = (folder / "error of it's.svg").string();
  const Outcome first = sca(small + tokens() + " --save " + saved);
  const Outcome again = sca("quadrature --from " + saved);
  EXPECT_EQ(again.code, 0) << again.err;
  EXPECT_EQ(sorted_lines(again.out), sorted_lines(first.out));  // a journal is in the order of completion
  const Outcome narrow = sca("quadrature qmc --from " + saved);
  EXPECT_EQ(narrow.out.find("tensor/midpoint  "), std::string::npos) << narrow.out;
  if (!has_gnuplot()) GTEST_SKIP() << "no gnuplot";
  const Outcome drawn = sca("quadrature --from " + saved + " --plot \"" + figure + "\"");
  EXPECT_EQ(drawn.code, 0) << drawn.err;
  for (const char* word : {"<svg", "midpoint", "halton", "mine, d = 2"})
    EXPECT_NE(contents(figure).find(word), std::string::npos) << word;
}

TEST_F(Quadrature, WithoutGnuplotRecordsAreKeptAndALineSaysWhatToInstall) {
  const std::string saved = (folder / "records.jsonl").string();
  const std::string figure = (folder / "f.svg").string();
  const Outcome kept = without_path(small + tokens() + " --save " + saved + " --plot " + figure);
  EXPECT_EQ(kept.code, 0);
  EXPECT_EQ(std::count(kept.err.begin(), kept.err.end(), '\n'), 1) << kept.err;
  EXPECT_NE(kept.err.find("apt-get install gnuplot-nox"), std::string::npos) << kept.err;
  EXPECT_TRUE(std::filesystem::exists(saved));
  const Outcome lost = without_path(small + tokens() + " --plot " + figure);
  EXPECT_EQ(lost.code, 2);
  EXPECT_EQ(lost.out, "");
}

/// The drawing without the line in which gnuplot names its version.
std::string drawing(const std::string& svg) {
  const std::size_t from = svg.find("<desc>");
  const std::size_t to = svg.find("</desc>");
  return to == std::string::npos ? svg : svg.substr(0, from) + svg.substr(to);
}

TEST_F(Quadrature, TheDocumentedFigureIsThatOfTheRecords) {
  if (!has_gnuplot()) GTEST_SKIP() << "no gnuplot";
  const std::string root = SCA_SOURCE_DIR;
  const std::string figure = (folder / "f.svg").string();
  const Outcome run =
      sca("quadrature --from " + root + "/papers/nautile-370m/quadrature.jsonl --plot " + figure);
  EXPECT_EQ(run.code, 0) << run.err;
  const std::string kept = contents(root + "/docs/what-m-points-cost.svg");
  const std::string now = contents(figure);
  if (now.substr(now.find("<desc>"), 60) != kept.substr(kept.find("<desc>"), 60))
    GTEST_SKIP() << "another gnuplot";
  EXPECT_TRUE(drawing(now) == drawing(kept)) << "draw it again: see README.md, What M points cost";
}

TEST_F(Quadrature, BadInputGetsOneLineAndExit2) {
  refused("quadrature tensor/simpson", {"tensor/simpson"});
  refused("quadrature --nodes 2:", {"--nodes", "'2:'"});
  refused("quadrature --dims 65", {"--dims", "64"});
  refused("quadrature --targets everything", {"--targets"});
  refused("quadrature --tokens " + (folder / "absent").string(), {"absent"});
  refused("quadrature --instances 7", {"--instances"});
  refused(small + tokens() + " --plot error.gif", {"--plot", "error.gif"});
  refused("quadrature --from " + (folder / "absent").string(), {"absent"});
  refused("quadrature --from " + file("other.jsonl", "{\"provenance\":{}}\n{\"kind\":\"fit\",\"rule\":1}\n"),
          {"other.jsonl", "line 2"});
}

}  // namespace
