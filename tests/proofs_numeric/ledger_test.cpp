#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>

#include "proofs_numeric/prove.hpp"

namespace sca::proofs {
namespace {

/// The small instances: every claim has one that it speaks of, and the set is decided in seconds.
std::vector<Instance> small_instances() {
  std::vector<Instance> all = builtin_instances();
  std::erase_if(all, [](const Instance& instance) { return instance.prefix.t * instance.prefix.d > 60; });
  return all;
}

class Ledger : public testing::TestWithParam<std::size_t> {};

ClaimResult decided(std::size_t index, Variant variant) {
  const auto claims = registry();
  return prove({claims[index]}, small_instances(), {}, variant, 1, {}).front();
}

std::string failures(const ClaimResult& result) {
  std::string text;
  for (const Finding& finding : result.findings) {
    if (finding.decision == evidence::Decision::holds) continue;
    text +=
        finding.instance + ": " + std::string(to_string(finding.decision)) + ": " + finding.statement + "\n";
  }
  return text;
}

TEST_P(Ledger, VerdictIsTheExpectedOne) {
  const ClaimResult result = decided(GetParam(), Variant::stated);
  EXPECT_GT(result.instances, 0U) << result.entry->id;
  EXPECT_EQ(to_string(result.verdict), to_string(result.entry->expected)) << failures(result);
}

/// The false variant of a true claim is refuted; that of a refuted claim (its corrected or harmless form) is
/// not.
TEST_P(Ledger, FalseVariantTurnsTheVerdict) {
  const ClaimResult result = decided(GetParam(), Variant::false_twin);
  const bool refuted = result.verdict == evidence::Verdict::refuted;
  EXPECT_NE(result.verdict, evidence::Verdict::undecided) << failures(result);
  EXPECT_EQ(refuted, result.entry->expected != evidence::Verdict::refuted) << result.entry->id;
}

INSTANTIATE_TEST_SUITE_P(Claims, Ledger, testing::Range<std::size_t>(0, registry().size()),
                         [](const testing::TestParamInfo<std::size_t>& test) {
                           std::string name = registry()[test.param].entry->id;
                           std::ranges::replace_if(
                               name, [](char c) { return std::isalnum(c) == 0; }, '_');
                           return name;
                         });

TEST(Registry, EveryEntryOfTheLedgerIsFilledIn) {
  for (const LedgerEntry& entry : ledger()) {
    for (const std::string& text : {entry.where, entry.title, entry.formula, entry.hypotheses, entry.thought,
                                    entry.source, entry.false_variant}) {
      EXPECT_FALSE(text.empty()) << entry.id;
    }
  }
}

TEST(Prove, AnUndecidedClaimIsNeverAPass) {
  const LedgerEntry* entry = &ledger().front();
  Claim claim{"undecided", Reach::instances, {}, [](const Instance&, const Settings&, Variant) {
                return Findings{
                    evidence::at_most("x <= x, which no enclosure decides", pi<Interval>(), pi<Interval>())};
              }};
  EXPECT_EQ(prove({{entry, claim}}, {}, {}, Variant::stated, 1, {}).front().verdict,
            evidence::Verdict::undecided);
}

TEST(Prove, PrecisionReachesWorkerThreads) {
  const LedgerEntry* entry = &ledger().front();
  const Claim claim{"precision", Reach::instances, {}, [](const Instance&, const Settings&, Variant) {
                      // Unknown below 1000 bits, whatever the main thread's precision is.
                      Finding finding = evidence::exactly("1000 bits reach this thread", true);
                      if (working_bits() < 1000) finding.decision = evidence::Decision::unknown;
                      return Findings{finding};
                    }};
  const auto results = prove({{entry, claim}, {entry, claim}}, {}, {}, Variant::stated, 2, {});
  for (const ClaimResult& result : results) EXPECT_EQ(result.verdict, evidence::Verdict::certified);
}

}  // namespace
}  // namespace sca::proofs
