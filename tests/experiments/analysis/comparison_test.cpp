#include "experiments/analysis/comparison.hpp"

#include <gtest/gtest.h>

#include "evidence/input/error.hpp"
#include "experiments/analysis/analysis.hpp"
#include "experiments/analysis/architecture.hpp"
#include "experiments/analysis/words.hpp"
#include "tests/experiments/analysis/synthetic.hpp"

namespace sca::experiments::ablation {
namespace {

using synthetic::Json;

const Json one_to_one{{"ratio", 1}};
const Json two_to_one{{"ratio", 2}};

std::optional<Comparison> of_ratios(const std::vector<Json>& records, const std::string& task) {
  return compared(run_records(records), task, architecture_key(architecture(one_to_one, {})),
                  architecture_key(architecture(two_to_one, {})));
}

TEST(Comparison, PairsBySeedWhateverIsMissing) {
  std::vector<Json> records;
  for (const int seed : {1, 2, 4})
    records.push_back(synthetic::run("mqar", one_to_one, seed, 0.5 + 0.0625 * seed));
  for (const int seed : {4, 3, 1}) records.push_back(synthetic::run("mqar", two_to_one, seed, 0.5));
  records.push_back(synthetic::pilot(synthetic::run("mqar", two_to_one, 2, 0.1), 1e-3, 0.1));
  const auto comparison = of_ratios(records, "mqar");
  ASSERT_TRUE(comparison.has_value());
  ASSERT_EQ(comparison->pairs.size(), 2U);  // seeds 1 and 4: 2 has a pilot only, 3 no partner
  EXPECT_EQ(comparison->pairs[1].seed, 4U);
  EXPECT_EQ(comparison->unpaired, 2U);
  EXPECT_EQ(comparison->effect.estimate, 0.15625);
  EXPECT_EQ(comparison->test.p, 0.5);
  EXPECT_EQ(comparison->test.least, 0.5);
  EXPECT_EQ(comparison->b.mean, 0.5);
}

TEST(Comparison, NothingWithoutAPair) {
  EXPECT_FALSE(
      of_ratios({synthetic::run("mqar", one_to_one, 1, 0.5), synthetic::run("mqar", two_to_one, 2, 0.5)},
                "mqar")
          .has_value());
  EXPECT_FALSE(of_ratios({}, "mqar").has_value());
}

TEST(Comparison, ARunThatDivergedCountsAsGuessing) {
  const auto comparison = of_ratios({synthetic::diverged(synthetic::run("mqar", one_to_one, 1, 0.9), 10),
                                     synthetic::run("mqar", two_to_one, 1, 0.53125)},
                                    "mqar");
  ASSERT_TRUE(comparison.has_value());
  EXPECT_EQ(comparison->a.diverged, 1U);
  EXPECT_EQ(comparison->b.diverged, 0U);
  EXPECT_EQ(comparison->effect.estimate, -0.5);
  EXPECT_EQ(comparison->a.steps_to_half[0], std::nullopt);
}

TEST(Comparison, CountsWhoSolvedIt) {
  std::vector<Json> records;
  for (const int seed : {1, 2, 3}) {
    records.push_back(synthetic::run("mqar", one_to_one, seed, seed == 1 ? 0.999 : 0.2));
    records.push_back(synthetic::run("mqar", two_to_one, seed, 0.97));
  }
  const auto comparison = of_ratios(records, "mqar");
  EXPECT_EQ(solved_text(*comparison, comparison->a), "1/3 [0.06, 0.79]");
  EXPECT_EQ(solved_text(*comparison, comparison->b), "3/3 [0.44, 1.00]");
  EXPECT_EQ(half_text(comparison->a), "never");
  EXPECT_EQ(half_text(comparison->b), "300");
}

TEST(Comparison, OfTextResamplesDocumentsByTheirLength) {
  std::vector<Json> records;
  for (const int seed : {1, 2}) {
    Json a = synthetic::run("bytes", one_to_one, seed, 2.5);
    Json b = synthetic::run("bytes", two_to_one, seed, 2.5);
    // Differences 0.25 and -0.5 on documents of 3000 and 1000 bytes; the same with both seeds.
    a["groups"] = {{{"name", "Ruth"}, {"count", 3000}, {"value", 2.25}},
                   {{"name", "Mark"}, {"count", 1000}, {"value", 2.5}}};
    b["groups"] = {{{"name", "Ruth"}, {"count", 3000}, {"value", 2.0}},
                   {{"name", "Mark"}, {"count", 1000}, {"value", 3.0}}};
    records.push_back(a);
    records.push_back(b);
  }
  const auto comparison = of_ratios(records, "bytes");
  ASSERT_TRUE(comparison.has_value());
  EXPECT_EQ(comparison->documents, 2U);
  EXPECT_EQ(comparison->effect.estimate, 0.0625);
  EXPECT_EQ(comparison->effect.low, -0.5);   // Mark twice: one resample of four
  EXPECT_EQ(comparison->effect.high, 0.25);  // Ruth twice
  EXPECT_EQ(count_text(*comparison), "2, 2 documents");
  // Seeds that disagree by more widen it.
  records[0]["value"] = 3.5;
  EXPECT_EQ(of_ratios(records, "bytes")->effect, (Interval{0.0625, -0.5, 1}));
}

TEST(Comparison, RunsThatDoNotBelongTogetherAreRefused) {
  Json longer = synthetic::run("mqar", two_to_one, 1, 0.5);
  longer["steps"] = 1200;
  EXPECT_THROW(of_ratios({synthetic::run("mqar", one_to_one, 1, 0.5), longer}, "mqar"), evidence::InputError);
  std::vector<Json> many;
  for (int seed = 1; seed <= 25; ++seed) {
    many.push_back(synthetic::run("mqar", one_to_one, seed, 0.5));
    many.push_back(synthetic::run("mqar", two_to_one, seed, 0.5));
  }
  EXPECT_THROW(of_ratios(many, "mqar"), evidence::InputError);
}

TEST(Analysis, HolmIsOverAllPrimaryComparisonsAndNoOther) {
  Questions asked = synthetic::asked();
  std::vector<Json> records;
  for (int seed = 1; seed <= 10; ++seed) {
    records.push_back(synthetic::run("mqar", one_to_one, seed, 0.5 + 0.01 * seed));
    records.push_back(synthetic::run("mqar", two_to_one, seed, 0.4));
    records.push_back(synthetic::run("cmqar", one_to_one, seed, seed % 2 == 0 ? 0.5 : 0.4));
    records.push_back(synthetic::run("cmqar", two_to_one, seed, seed % 2 == 0 ? 0.4 : 0.5));
    records.push_back(synthetic::run("mqar", {{"theta_max", 12}}, seed, 0.7));
  }
  const Analysis analysis = analysed(asked, records);
  ASSERT_EQ(analysis.results.size(), 6U);
  const ContrastResult& first = analysis.results[0];  // primaries come first
  EXPECT_EQ(first.contrast.name, "1:1 against 2:1");
  ASSERT_EQ(first.comparisons.size(), 2U);
  EXPECT_EQ(first.comparisons[0].test.p, 2.0 / 1024);
  EXPECT_EQ(first.adjusted[0], 4.0 / 1024);  // of two comparisons
  EXPECT_EQ(first.adjusted[1], 1);
  EXPECT_EQ(verdict(first.comparisons[0], first.adjusted[0]), "a higher");
  EXPECT_EQ(verdict(first.comparisons[1], first.adjusted[1]), "undecided");
  EXPECT_EQ(first.not_tested, (std::vector<std::string>{"group:G=Z2", "bytes"}));
  const ContrastResult& theta = analysis.results[4];
  EXPECT_EQ(theta.contrast.name, "theta_max 12 against 3");
  EXPECT_EQ(theta.a, "2:1, M = 2, theta_max = 12");
  EXPECT_EQ(theta.adjusted[0], 2.0 / 1024);
  EXPECT_TRUE(analysis.results[1].comparisons.empty());
}

TEST(Analysis, EqualIsSaidByTostAlone) {
  std::vector<Json> records;
  const double wiggle[] = {0.001, -0.001, 0.0005};
  for (int seed = 1; seed <= 3; ++seed) {
    records.push_back(synthetic::run("mqar", one_to_one, seed, 0.95 + wiggle[seed - 1]));
    records.push_back(synthetic::run("mqar", two_to_one, seed, 0.95));
    records.push_back(synthetic::run("cmqar", one_to_one, seed, 0.95));
    records.push_back(synthetic::run("cmqar", two_to_one, seed, 0.95));
  }
  const Analysis analysis = analysed(synthetic::asked(), records);
  const ContrastResult& first = analysis.results[0];
  EXPECT_EQ(verdict(first.comparisons[0], first.adjusted[0]), "equivalent");
  EXPECT_EQ(verdict(first.comparisons[1], first.adjusted[1]),
            "undecided");  // no spread says nothing of the spread
}

TEST(Analysis, TwoThatLearnedNothingAreNotEqual) {
  std::vector<Json> records;
  const double wiggle[] = {0.001, -0.001, 0.0005};
  for (int seed = 1; seed <= 3; ++seed) {
    records.push_back(synthetic::run("mqar", one_to_one, seed, 0.04 + wiggle[seed - 1]));
    records.push_back(synthetic::run("mqar", two_to_one, seed, 0.04));
  }
  const Analysis analysis = analysed(synthetic::asked(), records);
  const ContrastResult& first = analysis.results[0];
  EXPECT_LT(first.comparisons[0].same.p, equivalence_size);
  EXPECT_EQ(verdict(first.comparisons[0], first.adjusted[0]), "vacuous");
}

TEST(Words, DifferencesHaveSignsAndNothingHasNone) {
  EXPECT_EQ(difference_text(Metric::accuracy, 0.1234), "+12.3 pp");
  EXPECT_EQ(difference_text(Metric::accuracy, -0.0001), "0.0 pp");
  EXPECT_EQ(difference_text(Metric::bits_per_byte, -0.01234), "-0.0123 bits");
  EXPECT_EQ(test_text({0.25, 0.25}), "0.25 (least 0.25)");
}

}  // namespace
}  // namespace sca::experiments::ablation
