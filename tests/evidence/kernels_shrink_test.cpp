#include "evidence/kernels/shrink.hpp"

#include <gtest/gtest.h>

#include "evidence/kernels/generator.hpp"
#include "evidence/kernels/trial.hpp"
#include "tests/evidence/kernels_planted.hpp"

namespace sca::evidence::kernels {
namespace {

using Clock = std::chrono::steady_clock;

const Clock::time_point late = Clock::now() + std::chrono::hours(1);

CoreCase large() {
  return parse_core_case(
      "core released B=3 L=70 K=6 Kq=3 M=5 H=9 anchors=2 maxlen=100 regime=cancelling seed=11");
}

std::string shrunk_line(const std::function<bool(const CoreCase&)>& fails) {
  return to_line(shrunk(
      large(), [&](const Case& one) { return fails(std::get<CoreCase>(one)); }, late));
}

TEST(Shrink, EndsWhereNothingCanBeSimpler) {
  EXPECT_EQ(shrunk_line([](const CoreCase&) { return true; }),
            "core released B=1 L=0 K=1 Kq=1 M=1 H=1 anchors=0 regime=uniform seed=11");
  EXPECT_EQ(
      shrunk_line([](const CoreCase& one) { return one.L >= 65 && one.config.H > 4 && one.config.M > 1; }),
      "core released B=1 L=65 K=1 Kq=1 M=2 H=5 anchors=0 regime=uniform seed=11");
  EXPECT_EQ(shrunk_line([](const CoreCase& one) {
              return one.config.Kq < one.config.K && one.regime == "cancelling";
            }),
            "core released B=1 L=0 K=2 Kq=1 M=1 H=1 anchors=0 regime=cancelling seed=11");
  EXPECT_EQ(shrunk_line([](const CoreCase& one) { return one.config.maxlen > 7U && one.config.anchors > 0; }),
            "core released B=1 L=0 K=1 Kq=1 M=1 H=1 anchors=1 maxlen=8 regime=uniform seed=11");
}

TEST(Shrink, KeepsWhatItHasWhenTimeIsUp) {
  EXPECT_EQ(to_line(shrunk(
                large(), [](const Case&) { return true; }, Clock::now())),
            to_line(large()));
}

TEST(Shrink, AnOperatorsSizesShrinkToTheirLeast) {
  const Case one = parse_case("linear rows=12 in=33 out=7 bias=1 regime=large seed=5");
  const auto is_wide = [](const Case& candidate) {
    return std::get<operators::OperatorCase>(candidate).size("in") > 17;
  };
  EXPECT_EQ(to_line(shrunk(one, is_wide, late)), "linear rows=1 in=18 out=1 bias=0 regime=uniform seed=5");
}

TEST(Shrink, AsksOnlyForCasesThatCanBe) {
  const std::vector<std::string> kinds{std::string(core_kind), "attention", "mix", "grid"};
  for (std::uint64_t i = 0; i < 300; ++i) {
    shrunk(
        random_case(kinds, 5, i),
        [&](const Case& one) {
          EXPECT_EQ(to_line(parse_case(to_line(one))), to_line(one));
          return (i + volume(one)) % 3 != 0;
        },
        late);
  }
}

TEST(Shrink, APlantedBugIsCutFree) {
  Bench bench(test::subjects(test::planted()));
  const Property& forward = *properties_that_fit("forward", large()).front();
  const auto fails = [&](const CoreCase& one) {
    return bench.check("f32/planted", forward, one).verdict == judge::Verdict::fail;
  };
  ASSERT_TRUE(fails(large()));
  EXPECT_EQ(shrunk_line(fails), "core released B=1 L=6 K=2 Kq=2 M=1 H=3 anchors=0 regime=uniform seed=11");
}

}  // namespace
}  // namespace sca::evidence::kernels
