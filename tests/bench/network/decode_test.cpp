// Decoders that stand at a position, and what is drawn of them.

#include <gtest/gtest.h>

#include <vector>

#include "bench/context_panels.hpp"
#include "bench/network/models.hpp"
#include "bench/network/random_network.hpp"
#include "bench/network/subject.hpp"
#include "bench/network/training_step.hpp"
#include "bench/plot.hpp"
#include "kernels/network/decoder.hpp"

namespace {

using namespace sca::bench;
using sca::evidence::PlotPoint;

TEST(Decode, StandingWhereItStoodRepeatsTheToken) {
  RandomNetwork network(model_sizes(NetworkOperation::decode_attention, 8), implementations().front(), false,
                        1);
  using Decoder = sca::kernels::Decoder<float>;
  Decoder decoder(*network, 1, 1, Decoder::Logits::last);
  const std::vector<std::int64_t> ids{3, 1, 200};
  std::vector<float> last;
  for (const std::int64_t id : ids) {
    const auto logits = decoder.step(&id);
    last.assign(logits.begin(), logits.end());
  }
  decoder.stand_at(2);
  const auto again = decoder.step(&ids[2]);
  EXPECT_EQ(last, std::vector<float>(again.begin(), again.end()));
  decoder.stand_at(7);  // the last place of the cache
  const auto later = decoder.step(&ids[2]);
  EXPECT_NE(last, std::vector<float>(later.begin(), later.end()));
}

TEST(Decode, ATrainingStepLearns) {
  TrainingStep training(model_sizes(NetworkOperation::model_training, 8), implementations().back(), 4, 8);
  const float first = training.step();
  float last = first;
  for (int i = 0; i < 30; ++i) last = training.step();
  EXPECT_LT(last, first);
}

TEST(Crossing, IsExactForPowers) {
  const std::vector<PlotPoint> constant{{16, 100}, {64, 100}, {256, 100}};
  const std::vector<PlotPoint> linear{{16, 32}, {64, 128}, {256, 512}};
  ASSERT_TRUE(crossing(linear, constant).has_value());
  EXPECT_NEAR(*crossing(linear, constant), 50, 1e-9);
  EXPECT_FALSE(crossing(constant, linear).has_value());
  // Noise at the beginning is not it.
  EXPECT_NEAR(*crossing({{4, 101}, {16, 32}, {64, 128}}, {{4, 100}, {16, 100}, {64, 100}}), 50, 1e-9);
  // Where shades overlap nothing is decided.
  EXPECT_NEAR(*crossing({{16, 32}, {64, 128, 90, 140}, {256, 512, 360, 560}}, constant), 64 / 0.9, 1e-9);
  EXPECT_FALSE(crossing(constant, {{16, 200}, {64, 200}, {256, 200}}).has_value());
}

Measurement decode(const char* kernel, std::int64_t attention, std::int64_t context, double seconds,
                   std::int64_t state) {
  Measurement m{.kernel = kernel, .shape = {1, 1, 16, 16, 64, 2}, .threads = 2, .verdict = "pass"};
  m.samples = {seconds, seconds, seconds};
  m.network = {.D = 1024,
               .blocks = 3,
               .attention_blocks = attention,
               .parameters = 1000,
               .context = context,
               .state_bytes = state};
  return m;
}

TEST(ContextPanels, MarkWhereAttentionBeginsToCostMore) {
  std::vector<Measurement> all;
  for (const std::int64_t context : {16, 64, 256}) {
    const auto t = static_cast<double>(context);
    all.push_back(decode("decode_sca/f32/x", 0, context, 1e-3, 6400));
    all.push_back(decode("decode_attention/f32/x", 3, context, 1e-5 * t, 64 * context));
  }
  all.push_back(decode("model_decode/f32/x", 8, 512, 1, 1));  // one context: nothing to draw
  const auto swept = swept_contexts(all);
  ASSERT_EQ(swept.size(), 6U);
  const auto panels = context_panels(swept);
  ASSERT_EQ(panels.size(), 2U);
  for (const auto& panel : panels) {
    ASSERT_EQ(panel.curves.size(), 3U);
    EXPECT_NEAR(panel.curves.back().points.front().x, 100, 1e-6) << panel.curves.back().label;
    EXPECT_NE(panel.curves.back().label.find("100 tokens"), std::string::npos) << panel.curves.back().label;
  }
}

TEST(CostFigure, LeavesANetworkAtOneLengthToTheTable) {
  std::vector<Measurement> all;
  for (const std::int64_t context : {16, 64})
    all.push_back(decode("decode_sca/f32/x", 0, context, 1e-3, 640));
  Measurement one = decode("model_decode/f32/x", 8, 512, 1, 1);
  one.work = {1, 1, 0};
  one.rates = {1, 1, 1};
  all.push_back(one);
  const nlohmann::ordered_json provenance{{"command", "sca bench"}};
  EXPECT_EQ(cost_figure(all, provenance).panels.size(), 2U);
  EXPECT_EQ(cost_figure({one}, provenance).panels.size(), 1U);
}

}  // namespace
