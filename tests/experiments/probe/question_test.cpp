#include "experiments/probe/question.hpp"

#include <gtest/gtest.h>

#include <set>

namespace sca::experiments::ablation {
namespace {

using Ids = std::vector<std::int64_t>;

// Pairs 1-20, 2-21, 3-20; then the key 3 again: its own value, not the other one that reads the same.
TEST(CarrierOf, IsTheValueBehindTheQueriedKey) {
  const Ids ids{1, 20, 2, 21, 3, 20, 9, 9, 3, 9, 1};
  EXPECT_EQ(carrier_of(ids, 8, 20), 5);
  EXPECT_EQ(carrier_of(ids, 10, 20), 1);
}

TEST(CarrierOf, NeedsAPredecessorThatAgrees) {
  const Ids ids{1, 20, 2, 21, 5};
  EXPECT_EQ(carrier_of(ids, 4, 20), std::nullopt);
  EXPECT_EQ(carrier_of(ids, 4, 33), std::nullopt);
  EXPECT_EQ(carrier_of(Ids{20, 20}, 0, 20), std::nullopt);
}

TEST(CarrierOf, PrefersTheLongerContextThenTheLater) {
  const Ids grid{1, 2, 20, 3, 2, 20, 9, 1, 2};  // (1, 2) -> 20 and (3, 2) -> 20
  EXPECT_EQ(carrier_of(grid, 8, 20), 2);
  const Ids again{2, 20, 2, 20, 9, 2};
  EXPECT_EQ(carrier_of(again, 5, 20), 3);
}

TEST(QuestionsOf, DrawsOtherTokensThatAreNotTheAnswers) {
  const Ids ids{1, 20, 2, 21, 3, 22, 2, 9, 1, 20, 3, 7};
  const Ids labels{-100, -100, -100, -100, -100, -100, 21, -100, 20, -100, 22, -100};
  std::set<std::int64_t> others;
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const auto all = questions_of(ids, labels, 10, seed);
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0].carrier, 3);
    EXPECT_EQ(all[1].carrier, 1);
    EXPECT_EQ(all[2].carrier, 5);
    for (const Question& one : all) {
      EXPECT_EQ(one.answer, labels[static_cast<std::size_t>(one.t)]);
      EXPECT_LT(one.other, one.t);
      EXPECT_LT(one.instead, one.t);
      EXPECT_NE(one.other, one.instead);
      for (const std::int64_t tau : {one.other, one.instead})
        EXPECT_NE(ids[static_cast<std::size_t>(tau)], one.answer);
    }
    others.insert(all[0].other);
  }
  EXPECT_EQ(others, (std::set<std::int64_t>{0, 1, 2, 4, 5}));
}

TEST(QuestionsOf, TakesNoMoreThanWanted) {
  const Ids ids{1, 20, 2, 21, 3, 22, 2, 9, 1, 20, 3, 7};
  const Ids labels{-100, -100, -100, -100, -100, -100, 21, -100, 20, -100, 22, -100};
  std::set<std::int64_t> asked;
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const auto all = questions_of(ids, labels, 1, seed);
    ASSERT_EQ(all.size(), 1U);
    asked.insert(all[0].t);
  }
  EXPECT_EQ(asked, (std::set<std::int64_t>{6, 8, 10}));
}

}  // namespace
}  // namespace sca::experiments::ablation
