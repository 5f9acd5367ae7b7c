#include "evidence/kernels/trial.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "evidence/input/error.hpp"
#include "evidence/kernels/corpus.hpp"
#include "evidence/kernels/selection.hpp"
#include "evidence/networks/network_case.hpp"

namespace sca::evidence::kernels {
namespace {

const std::string one_case =
    "core released B=1 L=17 K=4 Kq=2 M=2 H=4 anchors=0 maxlen=32 regime=cancelling seed=7";
const std::string operator_case = "linear rows=3 in=17 out=4 bias=0 regime=huge seed=9";
const std::string line = "f32/avx2 forward " + one_case;

template <class F>
std::string refusal(F f) {
  try {
    f();
  } catch (const InputError& error) {
    return error.what();
  }
  return "taken";
}
std::string refusal_of(const std::string& text) {
  return refusal([&] { parse_trial(text); });
}

TEST(Trial, ALineIsTheTrial) {
  const Trial trial = parse_trial("  " + line + " ");
  EXPECT_EQ(trial.kernel, "f32/avx2");
  EXPECT_EQ(trial.property, "forward");
  EXPECT_EQ(to_line(trial), line);
}

TEST(Trial, BadLinesAreRefusedByName) {
  EXPECT_EQ(refusal_of(line), "taken");
  EXPECT_TRUE(refusal_of("").starts_with("trial: kernel: ")) << refusal_of("");
  EXPECT_TRUE(
      refusal_of("f32/avx2 forwards " + one_case).starts_with("trial: property: expected one of forward, "));
  EXPECT_TRUE(refusal_of("f32/avx2 forward").starts_with("case: kind: "));
  EXPECT_TRUE(refusal_of("f32/avx2 " + one_case).starts_with("trial: property: "))
      << "a case without its property";
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string text = line;
    return refusal_of(text.replace(text.find(from), from.size(), to));
  };
  EXPECT_EQ(with("cancelling", "calm"), "case: regime: expected a known regime, found 'calm'");
  EXPECT_TRUE(with("H=4", "H=1000000").starts_with("case: sizes: ")) << "more than memory holds";
  EXPECT_TRUE(with("L=17", "L=1048577").starts_with("case: L: "));
}

TEST(Trial, AnOperatorsLineIsTheTrial) {
  const std::string text = "linear/f32/serial nan " + operator_case;
  EXPECT_EQ(to_line(parse_trial(text)), text);
  EXPECT_TRUE(refusal_of("linear/f32/serial step " + operator_case).starts_with("trial: property: "));
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string changed = text;
    return refusal_of(changed.replace(changed.find(from), from.size(), to));
  };
  EXPECT_EQ(with("huge", "calm"), "case: regime: expected a known regime, found 'calm'");
  EXPECT_TRUE(with("in=17", "in=0").starts_with("case: in: "));
  EXPECT_TRUE(with(" rows=3", "").starts_with("case: rows: "));
  EXPECT_TRUE(with("linear rows", "linears rows").starts_with("case: kind: "));
}

TEST(Trial, APatternIsANameOrWhatItBeginsWithOrHasStars) {
  EXPECT_TRUE(fits("f32/avx2", "f32/avx2"));
  EXPECT_TRUE(fits("f32", "f32/avx2"));
  EXPECT_TRUE(fits("*/avx2", "f32/avx2"));
  EXPECT_TRUE(fits("*", "f32/avx2"));
  EXPECT_FALSE(fits("f32/avx", "f32/avx2"));
  EXPECT_FALSE(fits("avx2", "f32/avx2"));
  const Case of_core = parse_case(one_case);
  const Case of_operator = parse_case(operator_case);
  const Case of_network = networks::fixed_cases(1).front();
  EXPECT_EQ(properties_that_fit("*", of_core).size() + properties_that_fit("*", of_operator).size() +
                properties_that_fit("*", of_network).size(),
            properties().size());
  EXPECT_EQ(properties_that_fit("backward", of_core).size(), 1U);
  EXPECT_EQ(properties_that_fit("backward", of_operator).size(), 1U);
  EXPECT_TRUE(properties_that_fit("step", of_operator).empty());
}

TEST(Selection, AnOperationsNameSelectsItsProperties) {
  const Selection some({"core_forward/f32", "f64/serial"});
  EXPECT_TRUE(some.takes(SCA_FORWARD, "f32/avx2"));
  EXPECT_FALSE(some.takes(SCA_STEP, "f32/avx2"));
  EXPECT_TRUE(some.takes(SCA_BACKWARD, "f64/serial"));
  EXPECT_FALSE(some.takes(SCA_FORWARD, "f64/avx2"));
  EXPECT_TRUE(Selection().takes(SCA_STEP, "anything"));
  EXPECT_TRUE(Selection({"norm_backward"}).takes(SCA_BACKWARD, "norm/f32/serial"));
  EXPECT_FALSE(Selection({"norm_backward"}).takes(SCA_FORWARD, "norm/f32/serial"));
  EXPECT_EQ(some.pattern_without_match({"f32/avx2", "f64/serial"}), "");
  EXPECT_EQ(some.pattern_without_match({"f32/avx2"}), "f64/serial");
}

TEST(Corpus, CommentsAndBlankLinesAreNoTrials) {
  const auto trials = parse_trials("# why\n\n" + line + "  # since then\r\n* * " + one_case, "corpus/x.txt");
  ASSERT_EQ(trials.size(), 2U);
  EXPECT_EQ(to_line(trials[0]), line);
  EXPECT_EQ(trials[1].kernel, "*");
  const std::string told = refusal([] { parse_trials("#\nf32/avx2 forward core\n", "corpus/x.txt"); });
  EXPECT_TRUE(told.starts_with("corpus/x.txt: line 2: ")) << told;
}

TEST(Corpus, AKeptTrialIsReadBack) {
  const auto folder = std::filesystem::path(testing::TempDir()) / "sca_kept" / "deeper";
  const auto path = save(parse_trial(line), "output[0]: off\nby far", folder);
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  const auto trials = parse_trials(text.str(), path.string());
  ASSERT_EQ(trials.size(), 1U);
  EXPECT_EQ(to_line(trials[0]), line);
  EXPECT_EQ(save(parse_trial(line), "again", folder), path) << "the same trial is the same file";
  const auto entries =
      std::distance(std::filesystem::directory_iterator(folder), std::filesystem::directory_iterator());
  EXPECT_EQ(entries, 1) << "no draft is left";
  EXPECT_TRUE(refusal([&] { save(parse_trial(line), "", path / "no folder"); }).find("--save") !=
              std::string::npos);
  std::filesystem::remove_all(folder.parent_path());
}

}  // namespace
}  // namespace sca::evidence::kernels
