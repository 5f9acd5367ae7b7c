#include "evidence/networks/checkpoint.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <limits>

#include "evidence/hash.hpp"
#include "evidence/input/error.hpp"
#include "evidence/networks/sizes.hpp"
#include "kernels/registry.hpp"

namespace sca::evidence::networks {
namespace {

using sca::kernels::Network;

sca::kernels::NetworkSizes sizes(std::int64_t d_ff) {
  return {.vocab = 13,
          .blocks = 3,
          .ratio = 1,
          .layer = {.D = 8, .K = 2, .Kq = 1, .H = 2, .M = 2, .ck = 4, .anchors = 0, .E = 3, .maxlen = 9},
          .transformer = {.D = 8, .heads = 2, .kv_heads = 1, .d_ff = d_ff, .maxlen = 9, .normalises = true}};
}

std::unique_ptr<Network<float>> network(std::int64_t d_ff = 5) {
  return std::make_unique<Network<float>>(
      sizes(d_ff), rules_of(reference::Dialect::released()),
      sca::kernels::Implementation<float>{sca::kernels::f32_operators()[0], sca::kernels::core_kernels()[1],
                                          1});
}

class Checkpoint : public testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::create_directories(folder_);
    for (std::size_t i = 0; i < saved_->values().size(); ++i)
      saved_->values()[i] = static_cast<float>(signed_unit(3, 0, i));
    save(*saved_, file_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string refusal(Network<float>& into, const std::string& prefix = "") const {
    try {
      load(into, file_, prefix);
    } catch (const InputError& error) {
      return error.what();
    }
    return "taken";
  }

  std::filesystem::path folder_ = std::filesystem::path(testing::TempDir()) / "sca_checkpoint";
  std::filesystem::path file_ = folder_ / "model.safetensors";
  std::unique_ptr<Network<float>> saved_ = network();
};

TEST_F(Checkpoint, IsReadBackBitForBit) {
  const auto other = network();
  EXPECT_EQ(refusal(*other), "taken");
  EXPECT_TRUE(std::ranges::equal(saved_->values(), other->values()));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_), {}), 1) << "no draft is left";
}

TEST_F(Checkpoint, WhatDoesNotFitIsNamedAndChangesNothing) {
  const auto wider = network(6);
  EXPECT_NE(refusal(*wider).find("blocks.1.ff_in.weight: expected shape (12, 8), found shape (10, 8)"),
            std::string::npos)
      << refusal(*wider);
  EXPECT_NE(refusal(*wider, "model.").find("model.embedding.weight"), std::string::npos);
  EXPECT_TRUE(std::ranges::all_of(wider->values(), [](float x) { return x == 0; }));
  saved_->values().back() = std::numeric_limits<float>::infinity();
  save(*saved_, file_);
  EXPECT_NE(refusal(*network()).find("finite numbers"), std::string::npos);
  EXPECT_THROW(save(*saved_, folder_ / "none" / "x"), InputError);
}

}  // namespace
}  // namespace sca::evidence::networks
