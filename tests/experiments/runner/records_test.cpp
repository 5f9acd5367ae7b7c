#include "experiments/runner/records.hpp"

#include "evidence/input/error.hpp"
#include "experiments/runner/schedule.hpp"
#include "tests/experiments/runner/stub_trainer.hpp"

namespace sca::experiments::ablation {
namespace {

using test::Json;
using test::StubTrainer;

class RecordsTest : public test::InFolder {
 protected:
  void append(const std::string& name, const std::string& text) const {
    std::ofstream(folder / name, std::ios::binary | std::ios::app) << text;
  }
};

std::string line_of(const std::string& id, double value) {
  return Json{{"id", id}, {"status", "done"}, {"value", value}, {"curve", {{1, 0.5, value}}}}.dump() + "\n";
}

TEST_F(RecordsTest, AreThoseOfAllFilesAsTheyGrow) {
  Records records(folder);
  append("records-a.jsonl", line_of("1", 0.1));
  append("records-b.jsonl", line_of("2", 0.2));
  append("other.jsonl", "nonsense\n");
  records.refresh();
  EXPECT_EQ(records.all().size(), 2U);
  append("records-a.jsonl", line_of("3", 0.3));
  records.refresh();
  EXPECT_EQ(records.all().size(), 3U);
  EXPECT_EQ((*records.find("3"))["value"], 0.3);
  EXPECT_EQ(records.find("4"), nullptr);
}

TEST_F(RecordsTest, ALineThatWasCutOffIsNone) {
  Records records(folder);
  const std::string whole = line_of("2", 0.2);
  append("records-a.jsonl", line_of("1", 0.1) + whole.substr(0, whole.size() / 2));
  records.refresh();
  EXPECT_EQ(records.all().size(), 1U);
  append("records-a.jsonl", whole.substr(whole.size() / 2));  // it was still being written
  records.refresh();
  EXPECT_EQ(records.all().size(), 2U);
}

TEST_F(RecordsTest, TwoOfOneRunCountOnceIfTheyAgree) {
  Records records(folder);
  append("records-a.jsonl", line_of("1", 0.1));
  append("records-b.jsonl", line_of("1", 0.1));
  records.refresh();
  EXPECT_EQ(records.all().size(), 1U);
  append("records-b.jsonl", line_of("1", std::nextafter(0.1, 1.0)));
  try {
    records.refresh();
    ADD_FAILURE() << "not refused";
  } catch (const evidence::InputError& error) {
    EXPECT_NE(std::string(error.what()).find("1 value"), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("disagrees"), std::string::npos) << error.what();
  }
}

TEST_F(RecordsTest, RefuseWhatIsNone) {
  append("records-a.jsonl", "{\"kind\":\"run\"}\n");
  Records records(folder);
  EXPECT_THROW(records.refresh(), evidence::InputError);
}

TEST_F(RecordsTest, AWritersLinesAreRead) {
  RecordWriter writer(folder);
  EXPECT_TRUE(std::filesystem::is_empty(folder));
  writer.append(Json::parse(line_of("1", 0.1)));
  writer.append(Json::parse(line_of("2", 0.1)));
  Records records(folder);
  records.refresh();
  EXPECT_EQ(records.all().size(), 2U);
}

// ---- the learning rate, and the order -------------------------------------------------------------------

std::vector<Json> choices(const char* metric, const std::vector<Json>& values) {
  std::vector<Json> records;
  for (const Json& value : values) records.push_back({{"metric", metric}, {"value", value}});
  return records;
}

TEST(BestRate, IsThatOfTheBestValue) {
  const std::vector<double> rates{1e-3, 3e-3, 1e-2};
  EXPECT_EQ(best_rate(rates, choices("accuracy", {0.2, 0.5, 0.3})), 3e-3);
  EXPECT_EQ(best_rate(rates, choices("bits_per_byte", {2.0, 2.5, 1.5})), 1e-2);
}

TEST(BestRate, IsTheSmallerOfEquals) {
  const std::vector<double> rates{1e-3, 3e-3, 1e-2};
  EXPECT_EQ(best_rate(rates, choices("accuracy", {0.2, 0.5, 0.5})), 3e-3);
  EXPECT_EQ(best_rate(rates, choices("bits_per_byte", {1.5, 2.0, 1.5})), 1e-3);
}

TEST(BestRate, IsNotOneThatDiverged) {
  const std::vector<double> rates{1e-3, 3e-3, 1e-2};
  EXPECT_EQ(best_rate(rates, choices("accuracy", {nullptr, 0.0, nullptr})), 3e-3);
  EXPECT_EQ(best_rate(rates, choices("bits_per_byte", {nullptr, nullptr, 9.0})), 1e-2);
  EXPECT_EQ(best_rate(rates, choices("accuracy", {nullptr, nullptr, nullptr})), 1e-3);
}

TEST(SlotOrder, GoesSeedBySeedAndArmByArm) {
  std::string text = test::stub_plan(2, 8).text + "[[arm]]\nname = \"later\"\nset = {E = 9}\n";
  const Schedule schedule(expand(parse_plan(text, "stub.toml"), "tiny"), {}, StubTrainer::id);
  std::string order;
  for (const Slot& slot : schedule.slots())
    order += fmt::format("{}{}{} ", slot.cell, slot.is_choice ? "r" : "s", slot.index);
  EXPECT_EQ(order, "0r0 0r1 0s0 1r0 1r1 1s0 0s1 1s1 0s2 1s2 2r0 2r1 2s0 2s1 2s2 ");
}

TEST(SlotOrder, ShardsAreAPartition) {
  const Plan plan = test::stub_plan(7, 8);
  std::multiset<std::size_t> cells;
  for (std::size_t number = 1; number <= 3; ++number) {
    const Schedule schedule(expand(plan, "tiny"), {number, 3}, StubTrainer::id);
    for (const Slot& slot : schedule.slots()) {
      if (!slot.is_choice && slot.index == 0) cells.insert(slot.cell);
    }
  }
  EXPECT_EQ(cells, (std::multiset<std::size_t>{0, 1, 2, 3, 4, 5, 6}));
}

}  // namespace
}  // namespace sca::experiments::ablation
