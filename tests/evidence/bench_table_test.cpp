#include "evidence/bench_table.hpp"

#include <gtest/gtest.h>

#include "evidence/input/error.hpp"
#include "evidence/markdown.hpp"
#include "evidence/targets_table.hpp"

namespace sca::evidence {
namespace {

using Json = nlohmann::ordered_json;

const Json timed{{"kernel", "core_step/f32/serial"},
                 {"B", 1},
                 {"L", 1},
                 {"K", 16},
                 {"Kq", 8},
                 {"H", 64},
                 {"M", 2},
                 {"threads", 2},
                 {"seconds", "0.00025"},
                 {"tokens_per_second", "4000"},
                 {"of_floor", "7.5"},
                 {"clearance", "0.25"}};
const Json ratio{{"which", "best"}, {"work", "forward"},    {"L", 128},         {"framework", "torch 1"},
                 {"peer", "eager"}, {"setting", "default"}, {"seconds", "0.5"}, {"ours", "0.125"},
                 {"ratio", "4"},    {"difference", "1e-07"}};

TEST(BenchTable, HoldsTheTimesOfTheKernelsNamed) {
  Json other = timed;
  other["kernel"] = "core_forward/f64/serial";
  Json refused{{"kernel", "core_step/f32/bad"}, {"verdict", "fail"}};
  const std::string table = bench_table({timed, other, refused}, "core_step", "x.md");
  EXPECT_NE(table.find("| `core_step/f32/serial` | 1 | 1 | 16/8 | 64 | 2 | 2 | 0.25 | 4000 | 7.5 | 0.25 |\n"),
            std::string::npos)
      << table;
  EXPECT_EQ(table.find("core_forward"), std::string::npos);
  EXPECT_EQ(table.find("bad"), std::string::npos);
  EXPECT_EQ(bench_table({refused}, "", "x.md"), "");
}

TEST(BenchTable, HasAColumnForWhatAModelHas) {
  Json decode = timed;
  decode["kernel"] = "model_decode/f32/serial";
  decode["parameters"] = 371901088;
  decode["context"] = 512;
  Json training = timed;
  training["kernel"] = "model_training/f32/serial";
  training["parameters"] = 150440;
  const std::string table = bench_table({timed, decode, training}, "model_", "x.md");
  EXPECT_NE(table.find("| threads | parameters | context | ms |"), std::string::npos) << table;
  EXPECT_NE(table.find(" | 2 | 371901088 | 512 | 0.25 | 4000 |"), std::string::npos) << table;
  EXPECT_NE(table.find(" | 2 | 150440 |  | 0.25 | 4000 |"), std::string::npos) << table;
  EXPECT_EQ(bench_table({timed, decode}, "core_", "x.md"), bench_table({timed}, "core_", "x.md"));
}

TEST(BenchTable, HoldsTheRatios) {
  const std::string table = peers_table({timed, ratio}, "", "x.md");
  EXPECT_NE(table.find("| forward | 128 | torch 1 | best | eager, default | 500 | 125 | **4** | 1e-07 |\n"),
            std::string::npos)
      << table;
  EXPECT_EQ(table.find("core_step"), std::string::npos);
}

TEST(BenchTable, ATimeWithoutItsFieldsIsNamed) {
  Json cut = timed;
  cut.erase("threads");
  EXPECT_THROW(bench_table({cut}, "", "x.md"), InputError);
  Json wrong = ratio;
  wrong["ours"] = "fast";
  EXPECT_THROW(peers_table({wrong}, "", "x.md"), InputError);
}

TEST(BenchTable, ADocumentTellsTheCpu) {
  const std::string document = with_tables(
      "<!-- table bench -->\n<!-- end table -->\n",
      {std::vector<Json>{Json{{"provenance", {{"cpu", "Some CPU"}, {"libraries", "MPFR"}}}}, timed}}, "x.md");
  EXPECT_NE(document.find("Some CPU"), std::string::npos);
  EXPECT_EQ(document.find("MPFR"), std::string::npos);
}

TEST(BenchTable, AFileMayHoldSeveralRunsEachWithItsOrigin) {
  const auto run = [](const char* command) { return Json{{"provenance", {{"command", command}}}}; };
  const std::vector<Json> file{run("the first"), timed, run("the second"), ratio};
  const std::string bench = with_tables("<!-- table bench -->\n<!-- end table -->\n", {file}, "x.md");
  const std::string peers = with_tables("<!-- table peers -->\n<!-- end table -->\n", {file}, "x.md");
  EXPECT_NE(bench.find("the first"), std::string::npos) << bench;
  EXPECT_EQ(bench.find("the second"), std::string::npos) << bench;
  EXPECT_NE(peers.find("the second"), std::string::npos) << peers;
  EXPECT_EQ(peers.find("the first"), std::string::npos) << peers;
}

TEST(TargetsTable, SetsEachTargetBesideTheRecordThatAnswersIt) {
  const Json at_least{{"target", "step"},
                      {"measure", "x theirs"},
                      {"at_least", "4"},
                      {"field", "ratio"},
                      {"of", {{"work", "forward"}, {"L", 128}}}};
  Json at_most{{"target", "step"},
               {"measure", "x floor"},
               {"at_most", "7"},
               {"field", "of_floor"},
               {"of", {{"kernel", "core_step/f32/serial"}}}};
  const std::string table = targets_table({timed, ratio, at_least, at_most}, "", "x.md");
  EXPECT_NE(table.find("| step | x theirs | ≥ 4 | 4 | met |\n"), std::string::npos) << table;
  EXPECT_NE(table.find("| step | x floor | ≤ 7 | 7.5 | **missed** |\n"), std::string::npos) << table;
  Json decode = timed;
  decode["context"] = 512;
  at_most["of"]["context"] = 512;  // a decode's, among others of its name
  EXPECT_NE(targets_table({timed, decode, at_most}, "", "x.md").find("| 7.5 |"), std::string::npos);
  at_most["of"].erase("context");
  at_most["over"] = {{"kernel", "core_step/f32/serial"}};
  EXPECT_NE(targets_table({timed, at_most}, "", "x.md").find("| 1 | met |"), std::string::npos);
  EXPECT_EQ(targets_table({timed, ratio}, "", "x.md"), "");
  EXPECT_EQ(targets_table({timed, at_most}, "another", "x.md"), "");
  EXPECT_THROW(targets_table({timed, at_least}, "", "x.md"), InputError) << "no record answers";
  EXPECT_THROW(targets_table({ratio, ratio, at_least}, "", "x.md"), InputError) << "two records answer";
}

}  // namespace
}  // namespace sca::evidence
