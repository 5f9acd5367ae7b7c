// `sca capacity` as its users meet it.

#include <nlohmann/json.hpp>

#include "tests/cli/command.hpp"

namespace {

using sca::cli::test::Outcome;

class Capacity : public sca::cli::test::Command {
 protected:
  const std::string small = "capacity cliff/real identifiability/known-weights --instances 3";
};

TEST_F(Capacity, ListNamesTheStudies) {
  const Outcome run = sca("capacity --list");
  EXPECT_EQ(run.code, 0) << run.err;
  EXPECT_TRUE(run.out.starts_with("cliff/complex\n")) << run.out;
  EXPECT_NE(run.out.find("recall/phases\n"), std::string::npos);
}

TEST_F(Capacity, RecordsAreWhole) {
  const Outcome run = sca(small + " --json");
  EXPECT_EQ(run.code, 0) << run.err;
  EXPECT_EQ(run.err, "");
  std::istringstream lines(run.out);
  std::string line;
  ASSERT_TRUE(std::getline(lines, line));
  EXPECT_EQ(nlohmann::json::parse(line)["settings"]["instances"], 3) << line;
  std::size_t findings = 0;
  while (std::getline(lines, line)) {
    const auto record = nlohmann::json::parse(line);
    EXPECT_EQ(record["verdict"], "matches theory") << line;
    if (record["kind"] == "point") {
      EXPECT_TRUE(record["measured"].is_string() && record["arithmetic"].is_string()) << line;
    } else {
      EXPECT_TRUE(record["end"]) << line;
      ++findings;
    }
  }
  EXPECT_EQ(findings, 5u);  // rank and residual, three shapes
}

TEST_F(Capacity, ResumesToTheSameRecordsAndShowsThemAgain) {
  const std::string saved = (folder / "records.jsonl").string();
  const std::string arguments = small + " --save " + saved;
  const Outcome first = sca(arguments);
  ASSERT_EQ(first.code, 0) << first.err;
  EXPECT_TRUE(first.out.starts_with("# sca capacity")) << first.out;
  const auto size = std::filesystem::file_size(saved);
  std::filesystem::resize_file(saved, size * 2 / 3);
  const Outcome second = sca(arguments);
  EXPECT_EQ(second.out, first.out);
  EXPECT_EQ(std::filesystem::file_size(saved), size);
  EXPECT_EQ(sca("capacity --from " + saved).out, first.out);
  refused(arguments + " --seed 9", {"records.jsonl", "settings"});
}

TEST_F(Capacity, BadInputGetsOneLineAndExit2) {
  refused("capacity clif", {"clif", "cliff"});
  refused("capacity --instances 1", {"--instances"});
  refused("capacity --seed x", {"--seed"});
  refused("capacity --plot figure.gif", {"figure.gif"});
  refused("capacity --from " + (folder / "absent").string(), {"absent"});
  refused("capacity --from " + file("torn.jsonl",
                                    "{\"provenance\":{},\"settings\":{}}\n"
                                    "{\"kind\":\"point\",\"study\":\"cliff/real\",\"series\":\"rank\"}\n"),
          {"torn.jsonl, line 2", "x"});
}

TEST_F(Capacity, ExitCodeIsTheWorstVerdicts) {
  const std::string saved = (folder / "records.jsonl").string();
  ASSERT_EQ(sca("capacity cliff/real --instances 2 --save " + saved).code, 0);
  std::ostringstream all;
  all << std::ifstream(saved).rdbuf();
  const auto code_with = [&](const std::string& verdict) {
    std::string text = all.str();
    const std::string held = "matches theory";
    text.replace(text.find(held), held.size(), verdict);
    return sca("capacity --from " + file("changed.jsonl", text)).code;
  };
  EXPECT_EQ(code_with("refuted"), 1);
  EXPECT_EQ(code_with("undecided"), 3);
  EXPECT_EQ(code_with("no theory"), 0);
}

}  // namespace
