// Layers, blocks and models on our kernels, judged as anybody's: every golden vector's inputs and parameters,
// in both precisions.

#include <gtest/gtest.h>

#include <filesystem>

#include "evidence/hash.hpp"
#include "evidence/judge/print.hpp"
#include "evidence/networks/arithmetic.hpp"
#include "evidence/networks/computed.hpp"
#include "evidence/networks/sizes.hpp"
#include "kernels/network/network.hpp"
#include "tests/evidence/implementations.hpp"
#include "tests/evidence/judged.hpp"

namespace sca::evidence::networks {
namespace {

using judge::Judgement;
using judge::Verdict;
using sca::kernels::Implementation;
using test::in_double;
using test::in_float;

#ifdef SCA_SANITIZED
constexpr std::uintmax_t largest_file = 100'000;  // the sanitizers cost a factor of ten
#else
constexpr std::uintmax_t largest_file = 10'000'000;
#endif

template <class Real>
judge::Report judged(const judge::Dump& inputs, const reference::Dialect& dialect,
                     const Implementation<Real>& by) {
  const judge::Precision arithmetic = arithmetic_of(by);
  return judge_dump(computed(inputs, dialect, by), {.dialect = dialect, .arithmetic = &arithmetic});
}

std::vector<std::string> golden_cases() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(judge::test::golden)) {
    const std::string name = entry.path().stem().string();
    if (entry.path().extension() == ".npz" && name != "big_00" && entry.file_size() <= largest_file)
      names.push_back(name);
  }
  std::ranges::sort(names);
  return names;
}

class Networks : public testing::TestWithParam<std::string> {};

TEST_P(Networks, InDoubleEverythingIsWithinItsBound) {
  const judge::Dump inputs = judge::test::read_golden(GetParam());
  const judge::Report report = judged(inputs, reference::Dialect::released(), in_double());
  EXPECT_FALSE(report.judgements.empty());
  for (const Judgement& one : report.judgements)
    EXPECT_EQ(one.verdict, Verdict::pass) << one.tensor << "\n" << to_text(report, false);
}

TEST_P(Networks, InFloatNothingIsOutsideOfItsBound) {
  const judge::Dump inputs = judge::test::read_golden(GetParam());
  for (const Implementation<float>& by : in_float()) {
    const judge::Report report = judged(inputs, reference::Dialect::released(), by);
    EXPECT_FALSE(report.any(Verdict::fail)) << by.operators->name << "\n" << to_text(report, false);
    EXPECT_TRUE(report.any(Verdict::pass)) << by.operators->name << "\n" << to_text(report, false);
  }
}

/// Numbers of a tensor: uniform, of the size of a trained layer's, around 1 for gains.
Array made(const std::string& name, const std::vector<std::size_t>& shape) {
  Array array{shape, {}, "<f4"};
  const double offset = name.ends_with("scale") || name.ends_with("norm.weight") ? 1 : 0;
  for (std::size_t i = 0; i < reference::volume(shape); ++i)
    array.values.push_back(offset + 0.5 * signed_unit(1, hashed(name), i));
  return array;
}

/// Two SCA blocks and a transformer block, of which nothing divides anything; `taps` of attention's
/// convolution.
judge::Dump small_model(bool with_gradients, std::size_t taps = 0) {
  const std::vector<double> cfg{3, 2, 5, 12, 7, 3, 11, 6, 2, 1, 1, 4, 2, 3, 3, 2, 2, 1, 2, 0, 1};
  std::map<std::string, Array> tensors{{"cfg", {{cfg.size()}, cfg, "<i8"}},
                                       {"ids", {{2, 5}, {3, 0, 10, 3, 7, 1, 1, 9, 4, 0}, "<i8"}}};
  if (with_gradients) tensors.emplace("G", made("G", {2, 5, 11}));
  sca::kernels::NetworkSizes sizes{
      .vocab = 11,
      .blocks = 3,
      .ratio = 2,
      .layer = {.D = 12, .K = 4, .Kq = 2, .H = 1, .M = 3, .ck = 3, .anchors = 1, .E = 2, .maxlen = 6},
      .transformer = {.D = 12, .heads = 2, .kv_heads = 1, .d_ff = 7, .maxlen = 6, .normalises = true}};
  sizes.transformer.ck = static_cast<std::int64_t>(taps);
  const sca::kernels::Network<double> network(sizes, rules_of(reference::Dialect::released()), in_double());
  for (const sca::kernels::Parameter& one : network.parameters())
    tensors.emplace("p." + one.name, made(one.name, {one.shape.begin(), one.shape.end()}));
  judge::Dump dump = judge::to_dump("made", std::move(tensors));
  dump.model.block.ck = taps;
  return dump;
}

TEST(SmallModel, ForwardStepsAndGradientsAreWithinTheirBounds) {
  const judge::Dump inputs = small_model(true);
  for (const auto& dialect : {reference::Dialect::released(), reference::Dialect::paper()}) {
    const judge::Report report = judged(inputs, dialect, in_double());
    EXPECT_EQ(report.judgements.size(), 3 + 39U);  // logits in three ways, parameters
    for (const Judgement& one : report.judgements)
      EXPECT_EQ(one.verdict, Verdict::pass) << dialect.name << " " << one.tensor << "\n"
                                            << to_text(report, false);
  }
}

/// The switches of the ablations, one after the other and all together.
std::vector<reference::Dialect> switched_dialects() {
  using reference::Dialect;
  std::vector<Dialect> all(4, Dialect::released());
  all[3].phase = all[0].phase = Dialect::Phase::inner_product;
  all[3].summary = all[1].summary = Dialect::Summary::plain;
  all[3].is_normalised = all[2].is_normalised = false;
  return all;
}

TEST(SmallModel, SwitchedOperatorsAreWithinTheirBounds) {
  const judge::Dump inputs = small_model(true);
  for (const reference::Dialect& dialect : switched_dialects()) {
    const judge::Report report = judged(inputs, dialect, in_double());
    EXPECT_EQ(report.judgements.size(), 3 + 39U);
    for (const Judgement& one : report.judgements)
      EXPECT_EQ(one.verdict, Verdict::pass) << one.tensor << "\n" << to_text(report, false);
  }
}

TEST(SmallModel, AttentionMayHaveAConvolution) {
  const judge::Report report = judged(small_model(true, 3), reference::Dialect::released(), in_double());
  EXPECT_EQ(report.judgements.size(), 3 + 40U);
  for (const Judgement& one : report.judgements)
    EXPECT_EQ(one.verdict, Verdict::pass) << one.tensor << "\n" << to_text(report, false);
}

TEST(SmallModel, ACoreThatDoesNotKnowASwitchIsRefused) {
  const Implementation<float> fast = in_float().back();
  if (fast.core == in_float().front().core) GTEST_SKIP() << "no vector kernel runs here";
  EXPECT_THROW(judged(small_model(false), switched_dialects().back(), fast), std::invalid_argument);
}

TEST(SmallModel, InFloatEveryBlockIsWithinItsBound) {
  for (const Implementation<float>& by : in_float()) {
    const judge::Report report = judged(small_model(false), reference::Dialect::released(), by);
    for (const char* tensor : {"i.hidden", "logits"})
      EXPECT_EQ(judge::test::of(report, tensor).verdict, Verdict::pass) << to_text(report, false);
  }
}

INSTANTIATE_TEST_SUITE_P(Golden, Networks, testing::ValuesIn(golden_cases()),
                         [](const auto& one) { return one.param; });

}  // namespace
}  // namespace sca::evidence::networks
