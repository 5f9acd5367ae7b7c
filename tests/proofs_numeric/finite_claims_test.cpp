#include "proofs_numeric/finite_claims.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace sca::proofs {
namespace {

using evidence::Decision;

Findings run(const Claim& claim, Variant variant) {
  const Settings settings;
  return evidence::decide(4096, [&] { return claim.check(Instance{}, settings, variant); });
}

long count(const Findings& findings, Decision decision) {
  return std::ranges::count(findings, decision, &Finding::decision);
}

std::string listed(const Findings& findings, Decision decision) {
  std::string text;
  for (const Finding& finding : findings) {
    if (finding.decision == decision) {
      text +=
          finding.statement + " | " + finding.lower + " … " + finding.upper + " | " + finding.witness + "\n";
    }
  }
  return text;
}

class FiniteClaims : public ::testing::TestWithParam<Claim> {};

TEST_P(FiniteClaims, IsDecidedAsExpected) {
  const Findings findings = run(GetParam(), Variant::stated);
  ASSERT_FALSE(findings.empty());
  EXPECT_EQ(count(findings, Decision::unknown), 0) << listed(findings, Decision::unknown);
  const bool refuted = GetParam().id == "finite/threshold";
  if (refuted) {
    EXPECT_GT(count(findings, Decision::fails), 0);
  } else {
    EXPECT_EQ(count(findings, Decision::fails), 0) << listed(findings, Decision::fails);
  }
}

TEST_P(FiniteClaims, TheFalseTwinFlipsTheOutcome) {
  const Findings findings = run(GetParam(), Variant::false_twin);
  ASSERT_FALSE(findings.empty());
  EXPECT_EQ(count(findings, Decision::unknown), 0) << listed(findings, Decision::unknown);
  if (GetParam().id == "finite/threshold") {
    EXPECT_EQ(count(findings, Decision::fails), 0) << listed(findings, Decision::fails);
  } else {
    EXPECT_GT(count(findings, Decision::fails), 0);
  }
}

TEST_P(FiniteClaims, EveryRefutationNamesItsWitness) {
  for (const Finding& finding : run(GetParam(), Variant::stated)) {
    if (finding.decision == Decision::fails) {
      EXPECT_FALSE(finding.witness.empty()) << finding.statement;
    }
  }
}

TEST_P(FiniteClaims, BoundsThatHoldHaveAClearanceOfAtMostOne) {
  for (const Finding& finding : run(GetParam(), Variant::stated)) {
    // The ratio is rounded up, so that an attained bound may show a little more than 1.
    if (finding.decision == Decision::holds && finding.clearance) {
      EXPECT_LE(*finding.clearance, std::nextafter(1.0, 2.0)) << finding.statement;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, FiniteClaims, ::testing::ValuesIn(finite_claims()), [](const auto& claim) {
  std::string name = claim.param.id;
  std::ranges::replace_if(
      name, [](char c) { return c == '/' || c == '-' || c == '.'; }, '_');
  return name;
});

TEST(FiniteClaimsList, IdsAreDistinct) {
  std::set<std::string> ids;
  for (const Claim& claim : finite_claims()) EXPECT_TRUE(ids.insert(claim.id).second) << claim.id;
  EXPECT_EQ(ids.size(), 19U);
}

}  // namespace
}  // namespace sca::proofs
