// Every vector of the authors' released code, judged: tests/data/golden/README.md. big_00 takes minutes and
// is a test of its own, golden.big_00, which starts first.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "evidence/judge/judge.hpp"
#include "evidence/judge/print.hpp"

namespace sca::evidence::judge {
namespace {

#ifdef SCA_SANITIZED
constexpr std::uintmax_t largest_file = 100'000;  // the sanitizers cost a factor of ten
#else
constexpr std::uintmax_t largest_file = 10'000'000;
#endif

std::vector<std::string> cases() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(SCA_SOURCE_DIR "/tests/data/golden")) {
    const std::string name = entry.path().stem().string();
    if (entry.path().extension() == ".npz" && name != "big_00") names.push_back(name);
  }
  std::ranges::sort(names);
  return names;
}

class Golden : public testing::TestWithParam<std::string> {};

// In float32 a model's blocks are too much for worst-case bounds: its logits may be vacuous, and nothing
// else.
TEST_P(Golden, IsReproducedWithinDerivedBounds) {
  const std::filesystem::path file = SCA_SOURCE_DIR "/tests/data/golden/" + GetParam() + ".npz";
  if (std::filesystem::file_size(file) > largest_file) GTEST_SKIP() << "too slow under sanitizers";
  const Dump dump = read_dump(file);
  const Report report = judge_dump(dump, {});
  EXPECT_FALSE(report.any(Verdict::fail)) << to_text(report, false);
  EXPECT_FALSE(report.any(Verdict::skipped)) << to_text(report, false);
  for (const Judgement& one : report.judgements) {
    const bool loose = one.precision == "f64" && one.relative_bound > 1e-9;
    EXPECT_FALSE(loose && one.note.empty()) << one.tensor;
    const bool may_be_vacuous = dump.kind == Kind::model && one.precision == "f32";
    EXPECT_TRUE(one.verdict == Verdict::pass || may_be_vacuous) << one.tensor;
    EXPECT_TRUE(one.relative_bound < 0.01 || dump.kind != Kind::model || may_be_vacuous) << one.tensor;
  }
}

INSTANTIATE_TEST_SUITE_P(Released, Golden, testing::ValuesIn(cases()),
                         [](const auto& one) { return one.param; });

TEST(GoldenVectors, AreAllThere) { EXPECT_EQ(cases().size(), 47u); }

}  // namespace
}  // namespace sca::evidence::judge
