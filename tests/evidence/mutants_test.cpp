// The checker is checked: layers with one planted bug, tests/data/mutants/README.md.

#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <string>

#include "evidence/judge/judge.hpp"
#include "evidence/judge/print.hpp"

namespace sca::evidence::judge {
namespace {

struct Mutant {
  std::string name;
  std::string step;         // where the judge must see it
  std::string first_wrong;  // the first tensor that it makes wrong

  friend std::ostream& operator<<(std::ostream& out, const Mutant& mutant) { return out << mutant.name; }
};

class PlantedBug : public testing::TestWithParam<Mutant> {};

TEST_P(PlantedBug, IsFoundAtItsStep) {
  const Report report =
      judge_dump(read_dump(SCA_SOURCE_DIR "/tests/data/mutants/" + GetParam().name + ".npz"), {});
  ASSERT_TRUE(report.diagnosis) << to_text(report, false);
  EXPECT_TRUE(report.diagnosis->step.starts_with(GetParam().step)) << report.diagnosis->step;
  const auto failed = std::ranges::find(report.judgements, Verdict::fail, &Judgement::verdict);
  ASSERT_NE(failed, report.judgements.end());
  EXPECT_EQ(failed->tensor, GetParam().first_wrong);
}

INSTANTIATE_TEST_SUITE_P(Torch, PlantedBug,
                         testing::Values(Mutant{"conv_flip", "Step 1", "i.z_act"},
                                         Mutant{"decay_to_L", "Step 2", "i.p_w"},
                                         Mutant{"exclusive_sum", "Step 4", "i.den"},
                                         Mutant{"conj", "Step 5", "i.o"}, Mutant{"head_mod", "Step 5", "i.o"},
                                         Mutant{"no_sqrt_h", "Step 5", "i.o"},
                                         Mutant{"silu_gate", "Step 6", "i.y_act"},
                                         Mutant{"no_grad_z", "gradient of Step 2", "g.score_scale"},
                                         Mutant{"stale_ring", "Step 1: the decoding", "st.conv"}),
                         [](const auto& one) { return one.param.name; });

TEST(PlantedBugs, NoneIsSeenWhereNoneIs) {
  const Report report = judge_dump(read_dump(SCA_SOURCE_DIR "/tests/data/mutants/right.npz"), {});
  for (const Judgement& one : report.judgements) EXPECT_EQ(one.verdict, Verdict::pass) << one.tensor;
}

// What hides from `out` is seen all the same.
TEST(PlantedBugs, TheOutputAloneWouldPass) {
  for (const char* hidden : {"decay_to_L", "no_grad_z", "stale_ring"}) {
    const Report report =
        judge_dump(read_dump(SCA_SOURCE_DIR "/tests/data/mutants/" + std::string(hidden) + ".npz"), {});
    const auto out = std::ranges::find(report.judgements, "out", &Judgement::tensor);
    ASSERT_NE(out, report.judgements.end()) << hidden;
    EXPECT_EQ(out->verdict, Verdict::pass) << hidden;
    EXPECT_TRUE(report.any(Verdict::fail)) << hidden;
  }
}

}  // namespace
}  // namespace sca::evidence::judge
