#include "experiments/tasks/show.hpp"

#include <gtest/gtest.h>

#include <regex>

#include "tests/experiments/tasks/rows.hpp"

namespace sca::experiments::ablation {
namespace {

std::string shown(const std::string& specification) { return show(*make_task(specification), specification); }

TEST(Show, MarksWhatIsAskedFor) {
  const std::string text = shown("mqar");
  EXPECT_TRUE(
      text.starts_with("mqar: 64 ids, 32 tokens a sequence; guessing reaches 0.03125, among the answers in "
                       "the sequence 0.125\n"));
  const std::regex asked("k[0-9]+→v[0-9]+");
  EXPECT_EQ(std::distance(std::sregex_iterator(text.begin(), text.end(), asked), std::sregex_iterator()),
            3 * 8);
  EXPECT_NE(shown("selcopy").find("copy _→x"), std::string::npos);
  EXPECT_NE(shown("hop").find("2-hop k"), std::string::npos);
  EXPECT_NE(shown("stat").find("mode:"), std::string::npos);
  EXPECT_NE(shown("group:G=A4xZ5").find("/4→"), std::string::npos);
}

TEST(Show, PrintsTextAsText) {
  EXPECT_NE(shown("bytes:text=excerpt").find(" the LORD"), std::string::npos);
  EXPECT_TRUE(std::regex_search(shown("needle:text=excerpt"), std::regex("KEY=([0-9]{3})\n   → \\1[0-9]\n")));
}

}  // namespace
}  // namespace sca::experiments::ablation
