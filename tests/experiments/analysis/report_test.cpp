#include "experiments/analysis/report.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "evidence/input/error.hpp"
#include "evidence/plot/gnuplot.hpp"
#include "evidence/records_file.hpp"
#include "experiments/analysis/ablate_tables.hpp"
#include "tests/experiments/analysis/synthetic.hpp"
#include "tests/temporary_folder.hpp"

namespace sca::experiments::ablation {
namespace {

using synthetic::Json;

/// All that a report wrote, by the files' names.
using Written = std::map<std::string, std::string>;

Written report_of(const Questions& questions, const std::vector<Json>& records) {
  const sca::test::TemporaryFolder folder;
  const std::filesystem::path& into = folder.path();
  write_report(questions, records, into);
  Written files;
  for (const auto& entry : std::filesystem::directory_iterator(into)) {
    std::ostringstream text;
    text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    files[entry.path().filename()] = text.str();
  }
  return files;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::vector<Json> with_provenance(std::vector<Json> records) {
  records.push_back({{"provenance", {{"command", "sca ablate run"}, {"version", "0.1.0"}}}});
  return records;
}

TEST(Report, AnswersFirst) {
  const std::string text = report_of(synthetic::asked(), with_provenance(synthetic::smoke())).at("report.md");
  EXPECT_LT(text.find("## Answer"), text.find("## Primary contrasts"));
  EXPECT_TRUE(has(text, "- **1:1 against 2:1** (1:1, M = 2 against 2:1, M = 2)\n  - `mqar`: "))
      << text.substr(0, 2000);
  EXPECT_TRUE(has(text, "least two-sided p is then 0.25, and 1 after Holm over the 16 primary comparisons"));
  EXPECT_TRUE(has(text, "no difference can be shown, however large it is"));
  EXPECT_TRUE(has(text, "`sca ablate run`"));
  EXPECT_TRUE(has(text, "| theta_max 12 against 3 | mqar |  |  |  |  | 0 |  |"));
  EXPECT_TRUE(has(text, "| P3 | **not tested** |"));
  EXPECT_FALSE(has(text, "nan"));
}

TEST(Report, TheSameRecordsGiveTheSameBytes) {
  std::vector<Json> records = with_provenance(synthetic::smoke());
  records.push_back(synthetic::diverged(synthetic::run("mqar", {{"theta_max", 12}}, 1, 0), 33));
  const Written straight = report_of(synthetic::asked(), records);
  records.push_back(records[5]);
  std::rotate(records.begin(), records.begin() + 77, records.end());
  std::ranges::reverse(records);
  const Written turned = report_of(synthetic::asked(), records);
  EXPECT_EQ(straight, turned);
  EXPECT_TRUE(
      has(straight.at("report.md"), "| mqar | 2:1, M = 2, theta_max = 12 | report | 0.003 | 1 | 33 |"));
}

TEST(Report, IsMadeAgainFromItsOwnRecords) {
  const Written first = report_of(synthetic::asked(), with_provenance(synthetic::smoke()));
  const sca::test::TemporaryFolder folder;
  const auto file = folder.path() / "records.jsonl";
  std::ofstream(file, std::ios::binary) << first.at("records.jsonl");
  const auto records = evidence::read_run(file);
  EXPECT_EQ(report_of(questions(records.front(), "records"), records), first);
  const std::string table = markdown_table(records, "primaries", "document.md");
  EXPECT_GT(table.size(), 1000U);
  EXPECT_TRUE(has(first.at("report.md"), table));
  EXPECT_EQ(markdown_table({records.begin() + 1, records.end()}, "primaries", "document.md"), "");
  EXPECT_THROW(markdown_table(records, "secondary", "document.md"), evidence::InputError);
}

TEST(Report, OfNothingSaysSo) {
  const std::string text = report_of(synthetic::asked(), {}).at("report.md");
  EXPECT_TRUE(has(text, "**not tested**, no seed has both sides"));
  EXPECT_TRUE(has(text, "nothing is decided"));
  EXPECT_TRUE(has(text, "No report run is done."));
  EXPECT_TRUE(has(text, "Not run: the records hold none."));
}

TEST(Report, NamesFiguresThatItLeavesOut) {
  const Written files = report_of(synthetic::asked(), synthetic::smoke());
  const std::string& text = files.at("report.md");
  EXPECT_TRUE(has(text, "- capacity: it needs"));
  if (!evidence::has_gnuplot()) {
    EXPECT_TRUE(has(text, "Not drawn: gnuplot is missing"));
    GTEST_SKIP() << "gnuplot is missing";
  }
  for (const char* name : {"ratio", "m", "grid", "state", "steps", "length", "rates"}) {
    EXPECT_TRUE(has(text, fmt::format("]({}.svg)", name))) << name;
    EXPECT_LT(files.at(fmt::format("{}.svg", name)).size(), 150'000U) << name;
  }
  const std::string few = report_of(synthetic::asked(), {synthetic::run("mqar", {}, 1, 0.5)}).at("report.md");
  for (const char* name : {"ratio", "m", "grid", "length", "rates"})
    EXPECT_TRUE(has(few, fmt::format("- {}: it needs", name))) << name;
}

TEST(Report, ShowsTheProbesVerdicts) {
  std::vector<Json> records{synthetic::run("mqar", {}, 1, 0.99)};
  for (const bool is_trained : {true, false}) {
    for (const int layer : {10, 2})
      records.push_back({{"kind", "probe"},
                         {"model", records[0]["id"]},
                         {"is_trained", is_trained},
                         {"layer", layer},
                         {"identity", {{"verdict", "pass"}, {"clearance", 0.01}}},
                         {"theorem", {{{"t", 32}, {"chance", 0.03125}, {"top1", {0.5, 0.4, 0.6}}}}},
                         {"edit",
                          {{"share", is_trained ? Json{0.2, 0.1, 0.3} : Json()},
                           {"reach", {{"share", is_trained ? Json{0.4, 0.25, 0.5} : Json()}}}}},
                         {"by_theorem", is_trained && layer == 2},
                         {"is_causal", is_trained},
                         {"retains_retrieval", is_trained && layer == 2}});
  }
  const std::string text = report_of(synthetic::asked(), records).at("report.md");
  EXPECT_TRUE(has(text,
                  "- trained: of 2 layers the query finds enough in 1, the share is above 0 in 2; 1 retain "
                  "retrieval."))
      << text.substr(text.find("probe"));
  EXPECT_TRUE(has(text,
                  "- untrained: of 2 layers the query finds enough in 0, the share is above 0 in 0; 0 retain "
                  "retrieval."));
  EXPECT_TRUE(has(text, "| 0.200 [0.100, 0.300] | 0.400 [0.250, 0.500] | **yes** |"));
  EXPECT_TRUE(has(text, "| mqar, 2:1, M = 2, seed 1 | trained | 2 | pass 0.01 |"));
  EXPECT_LT(text.find("| trained | 2 |"), text.find("| trained | 10 |"));
}

TEST(Questions, ThatAreNoneAreNamed) {
  Json record = to_json(synthetic::asked());
  EXPECT_EQ(to_json(questions(record, "file")), record);
  for (const char* field : {"plan", "profile", "question", "base", "tasks", "contrasts", "predictions"}) {
    Json without = record;
    without.erase(field);
    try {
      questions(without, "file");
      FAIL() << field;
    } catch (const evidence::InputError& error) {
      EXPECT_TRUE(has(error.what(), field)) << error.what();
    }
  }
  record["contrasts"][1]["a"] = "1:1";
  EXPECT_THROW(questions(record, "file"), evidence::InputError);
}

}  // namespace
}  // namespace sca::experiments::ablation
