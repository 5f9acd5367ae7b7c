// `sca quadrature` as its users meet it.

#include <nlohmann/json.hpp>

#include "tests/cli/command.hpp"

namespace {

using sca::cli::test::Outcome;

class Quadrature : public sca::cli::test::Command {
 protected:
  /// Seconds of a study of one's own tokens: no Genesis.
  const std::string small =
      "quadrature tensor/midpoint qmc/halton --dims 1 --nodes 2:32:x2 --instances 8 --targets "
      "token --tokens ";
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

TEST_F(Quadrature, BadInputGetsOneLineAndExit2) {
  refused("quadrature tensor/simpson", {"tensor/simpson"});
  refused("quadrature --nodes 2:", {"--nodes", "'2:'"});
  refused("quadrature --dims 65", {"--dims", "64"});
  refused("quadrature --targets everything", {"--targets"});
  refused("quadrature --tokens " + (folder / "absent").string(), {"absent"});
  refused("quadrature --instances 7", {"--instances"});
}

}  // namespace
