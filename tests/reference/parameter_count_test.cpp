#include "reference/parameter_count.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "reference/model.hpp"

namespace sca::reference {
namespace {

/// The sum of all shapes that the blocks' own `visit` names.
std::size_t visited(const ModelConfig& c) {
  const LayerParameters<double> layer;
  const BlockParameters<double> block;
  std::size_t sca = c.D();
  std::size_t attention = 0;
  visit(c.layer, layer,
        [&](const char*, const Shape& shape, const Tensor<double>&) { sca += volume(shape); });
  visit(c.block, block,
        [&](const char*, const Shape& shape, const Tensor<double>&) { attention += volume(shape); });
  return c.vocab * c.D() + c.sca_blocks() * sca + c.attention_blocks() * attention;
}

TEST(ParameterCount, NautileHasThePublishedTotal) {
  const ModelConfig c = ModelConfig::nautile_370m();
  EXPECT_EQ(totals(components(c, 1024)).parameters, 371'901'088u);
  EXPECT_EQ(visited(c), 371'901'088u);
  EXPECT_EQ(c.sca_blocks(), 16u);
  EXPECT_EQ(c.attention_blocks(), 8u);
}

TEST(ParameterCount, StateIsWhatTheStatesHold) {
  const ModelConfig c = ModelConfig::nautile_370m();
  const auto layer = initial_state<float>(c.layer, 1);
  const auto block = initial_state<float>(c.block, 1);
  const std::size_t sca =
      layer.den.data.size() + layer.re.data.size() + layer.im.data.size() + layer.conv.data.size();
  EXPECT_EQ(totals(components(c, c.block.maxlen)).state,
            16 * sca + 8 * (block.k.data.size() + block.v.data.size()));
  EXPECT_EQ(sca, 2u * 16 * 64 * 2 + 16 + 3 * 5136);
}

TEST(ParameterCount, CountsAnchorsGroupsAndExtremeRatios) {
  ModelConfig c = ModelConfig::nautile_370m();
  c.layer.anchors = 16;
  c.layer.Kq = 4;
  c.layer.M = 1;
  c.layer.H = 128;
  for (const std::size_t ratio : {0U, 1U, 3U, 24U}) {
    c.ratio = ratio;
    EXPECT_EQ(totals(components(c, 7)).parameters, visited(c)) << ratio;
  }
  EXPECT_EQ(c.attention_blocks(), 0u);
}

// Millions of parameters of the layer at M = 1, 2, 4, 8 for D = 1024: M changes them, not the state.
TEST(ParameterCount, MoreNodesMeanFewerParameters) {
  const auto layer = [](std::size_t M) {
    ModelConfig c = ModelConfig::nautile_370m();
    c.layer.M = M;
    c.layer.H = LayerConfig::head_dimension(1024, 2, 16, M);
    c.layer.E = 3 * c.layer.H;
    c.num_layers = 1;
    c.vocab = 1;
    const auto without_embedding = totals(components(c, 1)).parameters - 1024;  // of one row
    return fmt::format("{:.2f}", static_cast<double>(without_embedding) / 1e6);
  };
  EXPECT_EQ(layer(1), "19.97");
  EXPECT_EQ(layer(2), "11.32");
  EXPECT_EQ(layer(4), "7.58");
  EXPECT_EQ(layer(8), "5.86");
}

}  // namespace
}  // namespace sca::reference
