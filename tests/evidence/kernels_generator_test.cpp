#include "evidence/kernels/generator.hpp"

#include <gtest/gtest.h>

#include <array>
#include <set>

#include "evidence/cases/regimes.hpp"
#include "evidence/kernels/trial.hpp"
#include "evidence/operators/regimes.hpp"

namespace sca::evidence::kernels {
namespace {

constexpr std::uint64_t count = 4000;

CoreCase core_case(std::uint64_t seed, std::uint64_t i) {
  return std::get<CoreCase>(random_case(std::array{std::string(core_kind)}, seed, i));
}

std::vector<std::string> all_kinds() {
  std::vector<std::string> kinds{std::string(core_kind)};
  for (const operators::Definition& one : operators::definitions()) kinds.emplace_back(one.name);
  return kinds;
}

constexpr std::size_t dialects = 5;  // released, paper, recursive, mixed, switched

TEST(Generator, ACaseIsAFunctionOfItsSeedAndNumber) {
  std::vector<std::string> forwards;
  const std::vector<std::string> kinds = all_kinds();
  for (std::uint64_t i = 0; i < 50; ++i) forwards.push_back(to_line(random_case(kinds, 7, i)));
  for (std::uint64_t i = 50; i-- > 0;) EXPECT_EQ(to_line(random_case(kinds, 7, i)), forwards[i]);
  EXPECT_NE(to_line(random_case(kinds, 8, 0)), forwards[0]);
}

TEST(Generator, EveryCaseIsALineThatIsTaken) {
  for (std::uint64_t i = 0; i < count; ++i) {
    const Trial trial{"f32/serial", "forward", random_case(all_kinds(), 1, i)};
    EXPECT_EQ(to_line(parse_trial(to_line(trial))), to_line(trial));
  }
}

TEST(Generator, SizesLieWhereKernelsGoWrong) {
  std::set<std::size_t> L, H, M;
  std::set<std::string> kinds;
  std::size_t grouped = 0, anchored = 0, batched = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    const CoreCase one = core_case(2, i);
    L.insert(one.L);
    H.insert(one.config.H);
    M.insert(one.config.M);
    kinds.insert(one.dialect + " " + one.regime);
    grouped += one.config.Kq < one.config.K;
    anchored += one.config.anchors > 0;
    batched += one.B > 1;
  }
  for (const std::size_t n : {0U, 1U, 15U, 16U, 17U, 31U, 32U, 33U, 63U, 64U, 65U, 127U, 128U, 129U})
    EXPECT_TRUE(L.contains(n)) << n;
  for (const std::size_t n : {1U, 3U, 4U, 5U, 7U, 8U, 9U, 15U, 16U, 17U, 31U, 33U})
    EXPECT_TRUE(H.contains(n)) << n;
  EXPECT_EQ(*M.rbegin(), 64U);
  EXPECT_EQ(kinds.size(), dialects * regimes().size());
  for (const std::size_t often : {grouped, anchored, batched}) EXPECT_GT(often, count / 4);
}

TEST(Generator, SequencesOutgrowTheirMaximumLengthInEveryDialect) {
  std::set<std::string> outgrown;
  for (std::uint64_t i = 0; i < count; ++i) {
    const CoreCase one = core_case(3, i);
    if (one.config.maxlen && *one.config.maxlen < one.L) outgrown.insert(one.dialect);
  }
  EXPECT_EQ(outgrown.size(), dialects);
}

TEST(Generator, SystematicCasesHaveEveryRegimeInEveryDialect) {
  std::multiset<std::string> kinds;
  std::size_t of_core = 0;
  for (const Case& one : systematic_cases(1, 2, 2)) {
    const auto* core = std::get_if<CoreCase>(&one);
    of_core += core != nullptr;
    kinds.insert(std::string(core == nullptr ? kind_of(one) : core->dialect) + " " +
                 std::string(regime_of(one)));
  }
  EXPECT_EQ(of_core, 2 * dialects * regimes().size());
  EXPECT_EQ(kinds.size() - of_core, 2 * operators::definitions().size() * operators::regimes().size());
  for (const std::string& kind : kinds) EXPECT_EQ(kinds.count(kind), 2U) << kind;
}

}  // namespace
}  // namespace sca::evidence::kernels
