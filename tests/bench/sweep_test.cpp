#include "bench/sweep.hpp"

#include <gtest/gtest.h>

#include "bench/plan.hpp"
#include "evidence/input/error.hpp"

namespace {

using namespace sca::bench;
using Numbers = std::vector<std::int64_t>;

TEST(Sweep, NamesNumbers) {
  EXPECT_EQ(parse_sweep("--x", "7"), (Numbers{7}));
  EXPECT_EQ(parse_sweep("--x", "128:65536:x2"),
            (Numbers{128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536}));
  EXPECT_EQ(parse_sweep("--x", "1:20:x3"), (Numbers{1, 3, 9}));
  EXPECT_EQ(parse_sweep("--x", "1:4:+1"), (Numbers{1, 2, 3, 4}));
  EXPECT_EQ(parse_sweep("--x", "5,1:4:x2,2,16777216"), (Numbers{5, 1, 2, 4, 16777216}));
}

TEST(Sweep, RefusesWhatIsNone) {
  for (const char* text : {"",
                           ",",
                           "1,",
                           "0",
                           "-1",
                           "x",
                           "1.5",
                           "1e3",
                           " 1",
                           "16777217",
                           "99999999999999999999",
                           "1:2",
                           "1:2:",
                           "1:2:2",
                           "1:2:x",
                           "1:2:x1",
                           "1:2:+0",
                           "1:2:*2",
                           "2:1:x2",
                           "1:2:x2:x2",
                           ":2:x2"}) {
    EXPECT_THROW(parse_sweep("--x", text), sca::evidence::InputError) << text;
  }
  try {
    parse_sweep("--lengths", "1,2:3");
    FAIL();
  } catch (const sca::evidence::InputError& error) {
    EXPECT_NE(std::string(error.what()).find("--lengths"), std::string::npos);
    EXPECT_NE(std::string(error.what()).find("'2:3'"), std::string::npos);
  }
}

TEST(Sweep, ShapesAreTheCombinationsThatCanBe) {
  const auto all = shapes({.L = {8, 16}, .B = {1, 2}, .K = {4, 6}, .Kq = {2, 4}, .H = {3}, .M = {1}});
  EXPECT_EQ(all.size(), 3U * 4U);  // Kq = 4 divides only one K
  for (const sca_core_shape& one : all) EXPECT_EQ(one.K % one.Kq, 0);
  const auto equal = shapes({.L = {8}, .B = {1}, .K = {4, 6}, .Kq = {}, .H = {3}, .M = {1}});
  ASSERT_EQ(equal.size(), 2U);
  EXPECT_EQ(equal[1].Kq, 6);
  EXPECT_THROW(shapes({.L = {8}, .B = {1}, .K = {4}, .Kq = {3}, .H = {3}, .M = {1}}),
               sca::evidence::InputError);
}

}  // namespace
