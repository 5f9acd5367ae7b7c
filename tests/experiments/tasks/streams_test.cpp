// What holds for every task: same call, same data; nothing in common between what is learned from and asked
// for.

#include <algorithm>
#include <set>

#include "tests/experiments/tasks/rows.hpp"

namespace sca::experiments::ablation {
namespace {

class EveryTask : public testing::TestWithParam<std::string> {
 protected:
  std::unique_ptr<const Task> task = make_task(GetParam());
};

std::vector<Row> rows_of(const Batch& batch) { return rows_of(std::vector<Batch>{batch}); }

TEST_P(EveryTask, GivesTheSameForTheSameCall) {
  const auto twin = make_task(GetParam());
  EXPECT_EQ(rows_of(task->training(3, 5, 4)), rows_of(twin->training(3, 5, 4)));
  EXPECT_EQ(rows_of(task->evaluation(Split::report)), rows_of(twin->evaluation(Split::report)));
  EXPECT_EQ(task->data(), twin->data());
}

TEST_P(EveryTask, HasTheSameFirstRowsInLargerBatches) {
  std::vector<Row> eight = rows_of(task->training(3, 5, 8));
  eight.resize(4);
  EXPECT_EQ(rows_of(task->training(3, 5, 4)), eight);
}

TEST_P(EveryTask, HasOtherRowsForOtherSeedsAndSteps) {
  std::vector<Row> rows;
  for (const auto& [seed, step] : {std::pair{1, 0}, {1, 1}, {2, 0}, {0, 2}}) {
    for (Row& row :
         rows_of(task->training(static_cast<std::uint64_t>(seed), static_cast<std::uint64_t>(step), 16))) {
      rows.push_back(std::move(row));
    }
  }
  std::ranges::sort(rows, {}, &Row::ids);
  EXPECT_EQ(std::ranges::adjacent_find(rows, {}, &Row::ids), rows.end());
}

TEST_P(EveryTask, AsksForWhatIsNeverLearned) {
  std::set<std::vector<std::int64_t>> learned, selection;
  for (const Row& row : learned_rows(*task)) learned.insert(row.ids);
  for (const Row& row : rows_of(task->evaluation(Split::selection))) {
    EXPECT_FALSE(learned.contains(row.ids));
    selection.insert(row.ids);
  }
  for (const Row& row : rows_of(task->evaluation(Split::report))) {
    EXPECT_FALSE(learned.contains(row.ids));
    EXPECT_FALSE(selection.contains(row.ids));
  }
}

TEST_P(EveryTask, KeepsWhatItDeclares) {
  const auto groups = static_cast<std::int32_t>(task->groups().size());
  for (const Row& row : all_rows(*task)) {
    for (std::size_t t = 0; t < row.ids.size(); ++t) {
      ASSERT_TRUE(0 <= row.ids[t] && row.ids[t] < task->vocab());
      ASSERT_TRUE(row.labels[t] == -100 || (0 <= row.labels[t] && row.labels[t] < task->vocab()));
      ASSERT_TRUE(row.groups.empty() || (0 <= row.groups[t] && row.groups[t] < groups));
    }
  }
  EXPECT_EQ(task->training(1, 1, 3).L, task->length());
  for (const Split split : {Split::selection, Split::report}) {
    std::int64_t longest = 0;
    for (const Batch& batch : task->evaluation(split)) {
      longest = std::max(longest, batch.L);
      EXPECT_LE(batch.B * batch.L, 2048);
    }
    EXPECT_EQ(longest, task->longest());
  }
}

// 2^14 labels, and fewer than a row's more; three times that for the three lengths of `group`, less where a
// text's part is used up.
TEST_P(EveryTask, AsksForEnough) {
  for (const Split split : {Split::selection, Split::report}) {
    std::int64_t asked = 0, last = 0;
    for (const Row& row : rows_of(task->evaluation(split))) {
      asked += last = std::ssize(row.labels) - std::ranges::count(row.labels, -100);
    }
    const std::int64_t wanted = GetParam().starts_with("group") ? 3 << 14 : 1 << 14;
    if (GetParam() == "bytes:text=excerpt") {
      EXPECT_GT(asked, 4096);
    } else {
      EXPECT_GE(asked, wanted);
    }
    EXPECT_LT(asked - last, wanted);
  }
}

INSTANTIATE_TEST_SUITE_P(Tasks, EveryTask,
                         testing::Values("mqar", "mqar:N=4", "mqar:N=16,V=128,T=256", "cmqar",
                                         "cmqar:g=4,T=120", "omqar", "omqar:N=3,T=64", "hop",
                                         "hop:p=1,chains=8", "selcopy", "noisy", "stat", "group",
                                         "group:G=A5", "bytes:text=excerpt", "needle:text=excerpt"));

TEST(Tasks, AreTheSameHoweverTheyAreWritten) {
  const auto row = [](const char* specification) {
    return rows_of(make_task(specification)->training(1, 1, 1));
  };
  EXPECT_EQ(row("mqar"), row("mqar:N=8"));
  EXPECT_EQ(row("mqar:V=64,N=8"), row("mqar:N=8,T=32"));
  EXPECT_NE(row("mqar:N=4,T=32").front().ids[0], row("mqar:N=8").front().ids[0]) << "streams of their own";
}

TEST(Tasks, GuessAsTheProtocolSays) {
  struct Case {
    const char* specification;
    double chance, in_context;
  };
  for (const Case& c :
       {Case{"mqar", 1.0 / 32, 1.0 / 8}, Case{"cmqar", 1.0 / 32, 1.0 / 9}, Case{"omqar", 1.0 / 32, 1.0 / 12},
        Case{"hop", 1.0 / 32, 1.0 / 4}, Case{"selcopy", 1.0 / 14, 1.0 / 8 + 7.0 / 8 / 14},
        Case{"noisy", 1.0 / 16, 1.0 / 16}, Case{"stat", 1.0 / 16, 1.0 / 16}, Case{"group", 1.0 / 2, 1.0 / 2},
        Case{"group:G=A5", 1.0 / 60, 1.0 / 60}, Case{"bytes:text=excerpt", 8, 8},
        Case{"needle:text=excerpt", 1e-4, 1e-4}}) {
    EXPECT_DOUBLE_EQ(make_task(c.specification)->chance(), c.chance) << c.specification;
    EXPECT_DOUBLE_EQ(make_task(c.specification)->in_context_chance(), c.in_context) << c.specification;
  }
}

// Somebody who answers without reading, or only with what stands in the sequence, reaches what is declared.
TEST(Tasks, GuessingReachesItsLevel) {
  for (const char* specification : {"mqar", "cmqar", "omqar", "hop", "selcopy"}) {
    const auto task = make_task(specification);
    std::vector<std::int64_t> counts(static_cast<std::size_t>(task->vocab()));
    std::int64_t n = 0;
    for (const Row& row : learned_rows(*task, 200)) {
      for (std::size_t t = 0; t < row.labels.size(); ++t) {
        if (row.labels[t] < 0) continue;
        ++n;
        ++counts[static_cast<std::size_t>(row.labels[t])];
        break;  // one label a row: they are independent
      }
    }
    std::int64_t answers = 0;
    for (const std::int64_t count : counts) {
      if (count == 0) continue;
      ++answers;
      EXPECT_TRUE(is_plausible(count, n, task->chance())) << specification << ": " << count << " of " << n;
    }
    EXPECT_DOUBLE_EQ(static_cast<double>(answers), 1 / task->chance()) << specification;
  }
}

}  // namespace
}  // namespace sca::experiments::ablation
