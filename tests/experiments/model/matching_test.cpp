#include "experiments/model/matching.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>

#include "experiments/model/model_spec.hpp"
#include "reference/parameter_count.hpp"

namespace sca::experiments::ablation {
namespace {

// The protocol's own numbers.
TEST(Matching, WidthsAreTheProtocols) {
  EXPECT_EQ(matched_width(64, 4, 4, 32, 1), 7);
  EXPECT_EQ(matched_width(64, 4, 4, 16, 2), 36);
  EXPECT_EQ(matched_width(64, 4, 4, 8, 4), 64);
  EXPECT_EQ(matched_width(64, 4, 4, 4, 8), 87);
}

TEST(Matching, ResidualsAreAtMostThreeQuartersOfAPercent) {
  for (const std::int64_t D : {32, 64, 128, 256, 512, 1024}) {
    for (const std::int64_t M : {1, 2, 4, 8}) {
      const std::int64_t H = 2 * D / (4 * M);
      const auto target = static_cast<double>(matched_parameters(D, 4));
      const auto got = static_cast<double>(layer_parameters(D, 4, H, M, matched_width(D, 4, 4, H, M)));
      EXPECT_LE(std::abs(got / target - 1), 0.0075) << D << " " << M;
    }
  }
}

TEST(Matching, WidthIsNeverNothing) { EXPECT_EQ(matched_width(32, 4, 4, 64, 4), 1); }

std::int64_t counted(const ModelSpec& spec) {
  const reference::ModelConfig config = config_of(spec, 1, 8);
  return static_cast<std::int64_t>(totals(components(config, 1)).parameters) -
         spec.D;  // an embedding of one row
}

// The reference counts a layer's norm, and a transformer block's norms and biases, besides.
TEST(Matching, ParametersAreThoseThatTheReferenceCounts) {
  for (const char* fields : {R"({"blocks":1,"ratio":"inf"})", R"({"blocks":1,"ratio":"inf","M":1})",
                             R"({"blocks":1,"ratio":"inf","M":4,"H":8,"D":64})"}) {
    const ModelSpec spec = model_spec(nlohmann::ordered_json::parse(fields), "test");
    EXPECT_EQ(counted(spec), layer_parameters(spec.D, spec.K, spec.H, spec.M, spec.E) + spec.D) << fields;
  }
  const ModelSpec attention = model_spec({{"blocks", 1}, {"ratio", 0}}, "test");
  const std::int64_t d_ff = 85;
  EXPECT_EQ(counted(attention), matched_parameters(32, 4) + 2 * 32 + 2 * d_ff + 32);
}

}  // namespace
}  // namespace sca::experiments::ablation
