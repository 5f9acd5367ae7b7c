#include "experiments/model/model_spec.hpp"

#include <gtest/gtest.h>

#include "evidence/input/error.hpp"

namespace sca::experiments::ablation {
namespace {

using Json = nlohmann::ordered_json;

ModelSpec read(const char* text) { return model_spec(Json::parse(text), "plan.toml"); }

std::string refusal(const char* text) {
  try {
    read(text);
  } catch (const evidence::InputError& error) {
    return error.what();
  }
  return "accepted";
}

std::string attention_blocks(const ModelSpec& spec) {
  const reference::ModelConfig config = config_of(spec, 2, 8);
  std::string drawn;
  for (std::size_t i = 0; i < config.num_layers; ++i) drawn += config.is_attention(i) ? 'A' : 's';
  return drawn;
}

TEST(ModelSpec, KeepsTheStateWhereHIsNotGiven) {
  for (const std::int64_t M : {1, 2, 4, 8}) {
    const ModelSpec spec = model_spec({{"M", M}}, "test");
    EXPECT_EQ(spec.K * spec.H * spec.M, 2 * spec.D);
  }
  EXPECT_EQ(read(R"({"M":4,"H":8})").H, 8);
}

TEST(ModelSpec, PutsAttentionWhereThePlacementSays) {
  EXPECT_EQ(attention_blocks(read(R"({"ratio":2})")), "ssAssAssAssA");
  EXPECT_EQ(attention_blocks(read(R"({"ratio":0})")), "AAAAAAAAAAAA");
  EXPECT_EQ(attention_blocks(read(R"({"ratio":"inf"})")), "ssssssssssss");
  EXPECT_EQ(attention_blocks(read(R"({"ratio":5})")), "sssssAsssssA");
  EXPECT_EQ(attention_blocks(read(R"({"ratio":11})")), "sssssssssssA");
  EXPECT_EQ(attention_blocks(read(R"({"ratio":11,"placement":"first"})")), "Asssssssssss");
  EXPECT_EQ(attention_blocks(read(R"({"ratio":11,"placement":"middle"})")), "ssssssAsssss");
}

TEST(ModelSpec, CanonicalFieldsReadBackAsTheSameModel) {
  for (const char* text :
       {"{}", R"({"ratio":"inf","M":4})", R"({"convolution":"all","phase":"inner_product"})",
        R"({"decay":"relative","summary":"plain","normaliser":"off","theta_max":12})"}) {
    const ModelSpec spec = read(text);
    EXPECT_EQ(model_spec(to_json(spec), "again"), spec) << text;
    EXPECT_EQ(to_json(model_spec(to_json(spec), "again")), to_json(spec)) << text;
  }
}

TEST(ModelSpec, WhatDoesNotChangeTheModelIsNotInItsName) {
  EXPECT_EQ(to_json(read(R"({"ratio":0,"M":1,"theta_max":12})")), to_json(read(R"({"ratio":0,"M":4})")));
  EXPECT_EQ(to_json(read(R"({"ratio":0,"convolution":"none"})")), to_json(read(R"({"ratio":0})")));
  EXPECT_NE(to_json(read(R"({"ratio":0,"convolution":"all"})")), to_json(read(R"({"ratio":0})")));
  EXPECT_EQ(to_json(read(R"({"ratio":"inf","placement":"first"})")), to_json(read(R"({"ratio":40})")));
}

TEST(ModelSpec, SwitchesReachTheDialectAndTheConvolutions) {
  const ModelSpec spec = read(
      R"({"decay":"relative","phase":"inner_product","summary":"plain","normaliser":"off","theta_max":12})");
  const reference::Dialect dialect = dialect_of(spec);
  EXPECT_FALSE(dialect.weight_clamp.has_value());
  EXPECT_EQ(dialect.step_decay, reference::Dialect::StepDecay::recursive);
  EXPECT_EQ(dialect.phase, reference::Dialect::Phase::inner_product);
  EXPECT_EQ(dialect.summary, reference::Dialect::Summary::plain);
  EXPECT_FALSE(dialect.is_normalised);
  EXPECT_EQ(dialect.theta_floor + dialect.theta_span, 12);
  EXPECT_EQ(config_of(read("{}"), 2, 8).block.ck, 0u);
  EXPECT_EQ(config_of(read(R"({"convolution":"all"})"), 2, 8).block.ck, 4u);
  EXPECT_EQ(config_of(read(R"({"convolution":"none"})"), 2, 8).layer.ck, 1u);
}

TEST(ModelSpec, RefusesInOneLineThatNamesTheField) {
  EXPECT_EQ(refusal(R"({"phase":"both"})"),
            "plan.toml: phase: expected one of elementwise, inner_product, found \"both\"");
  EXPECT_EQ(refusal(R"({"M":0})"), "plan.toml: M: expected a whole number from 1 to 1048576, found 0");
  EXPECT_EQ(refusal(R"({"ratio":"all"})"),
            "plan.toml: ratio: expected a whole number from 0 to 1048576, found \"all\"");
  EXPECT_EQ(refusal(R"({"heads":3})"),
            "plan.toml: heads: expected a multiple of 4 that divides D into an even number, found 3");
  EXPECT_EQ(refusal(R"({"theta_max":-1})"),
            "plan.toml: theta_max: expected above 0.001, at most 1000, found -1");
}

}  // namespace
}  // namespace sca::experiments::ablation
