// A model of the released size, with random parameters: saved under the released names, loaded, stepped; and
// its blocks judged against the reference, each from its own input.

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <future>
#include <memory>

#include "evidence/hash.hpp"
#include "evidence/judge/judge.hpp"
#include "evidence/judge/print.hpp"
#include "evidence/networks/arithmetic.hpp"
#include "evidence/networks/checkpoint.hpp"
#include "evidence/networks/computed.hpp"
#include "evidence/networks/sizes.hpp"
#include "kernels/network/decoder.hpp"
#include "tests/about_numbers.hpp"
#include "tests/evidence/implementations.hpp"

namespace sca::evidence::networks {
namespace {

using judge::Verdict;
using sca::kernels::Implementation;
using sca::kernels::Network;
using sca::kernels::Parameter;

constexpr std::uintmax_t room = 2'000'000'000;

/// Number i of all parameters: as large as keeps a row's size through a matrix, gains around 1.
float drawn(const Parameter& one, std::int64_t i) {
  const double unit =
      static_cast<double>(mixed(static_cast<std::uint64_t>(one.offset + i)) >> 11U) * 0x1p-52 - 1;
  const bool is_gain = one.name.ends_with("scale") || one.name.ends_with("norm.weight");
  if (is_gain) return static_cast<float>(1 + 0.25 * unit);
  const double fan = one.decays ? static_cast<double>(one.shape.back()) : 4;
  return static_cast<float>(unit * std::sqrt(3 / fan));
}

template <class Real>
judge::Dump ran(const judge::Dump& inputs, const Implementation<Real>& by) {
  return computed(inputs, reference::Dialect::released(), by);
}

judge::Report judged(const judge::Dump& results, const judge::Precision& arithmetic) {
  return judge::judge_dump(results, {.arithmetic = &arithmetic});
}

void expect_right(const judge::Report& report) {
  EXPECT_FALSE(report.judgements.empty());
  for (const judge::Judgement& one : report.judgements)
    EXPECT_EQ(one.verdict, Verdict::pass) << one.tensor << "\n" << to_text(report, false);
}

class RealSize : public testing::Test {
 protected:
  void TearDown() override { std::filesystem::remove(file_); }

  std::unique_ptr<Network<float>> network() const {
    return std::make_unique<Network<float>>(sizes_of(config_), rules_of(reference::Dialect::released()), by_);
  }
  static void fill(Network<float>& network) {
    for (const Parameter& one : network.parameters()) {
      for (std::int64_t i = 0; i < one.count; ++i)
        network.values()[static_cast<std::size_t>(one.offset + i)] = drawn(one, i);
    }
  }
  static bool is_filled(const Network<float>& network) {
    return std::ranges::all_of(network.parameters(), [&](const Parameter& one) {
      for (std::int64_t i = 0; i < one.count; ++i) {
        if (network.values()[static_cast<std::size_t>(one.offset + i)] != drawn(one, i)) return false;
      }
      return true;
    });
  }

  /// Two tokens at once, then two steps.
  std::vector<float> decoded(const Network<float>& network) const {
    using Decoder = sca::kernels::Decoder<float>;
    Decoder decoder(network, 1, 2, Decoder::Logits::last);
    std::vector<float> all;
    const auto keep = [&](std::span<const float> logits) {
      all.insert(all.end(), logits.begin(), logits.end());
    };
    keep(decoder.forward(ids_.data(), 2));
    for (std::size_t t = 2; t < ids_.size(); ++t) keep(decoder.step(&ids_[t]));
    return all;
  }

  /// Block i's parameters and its input of two tokens.
  judge::Dump block(const Network<float>& network, std::int64_t i, Array x) const {
    const bool is_attention = network.sizes().is_attention(i);
    const auto& l = config_.layer;
    const auto& t = config_.block;
    const std::vector<std::size_t> cfg =
        is_attention ? std::vector<std::size_t>{2,      1,         2,        t.D, t.num_heads, t.num_kv_heads,
                                                t.d_ff, t.qk_norm, t.maxlen, 0}
                     : std::vector<std::size_t>{1,   1,   2,    l.D,       l.K,       l.Kq,
                                                l.M, l.H, l.ck, l.anchors, l.E / l.H, *l.maxlen};
    std::map<std::string, Array> tensors{{"cfg", {{cfg.size()}, {cfg.begin(), cfg.end()}, "<i8"}},
                                         {"x", std::move(x)}};
    const std::string prefix = "blocks." + std::to_string(i) + ".";
    for (const Parameter& one : network.parameters()) {
      if (!one.name.starts_with(prefix)) continue;
      const auto values =
          network.values().subspan(static_cast<std::size_t>(one.offset), static_cast<std::size_t>(one.count));
      tensors["p." + one.name.substr(prefix.size())] = {
          {one.shape.begin(), one.shape.end()}, {values.begin(), values.end()}, "<f4"};
    }
    return judge::to_dump(prefix, std::move(tensors));
  }
  Array embedded(const Network<float>& network) const {
    Array x{{1, 2, config_.D()}, {}, "<f4"};
    for (std::size_t t = 0; t < 2; ++t) {
      const auto row = network.values().subspan(static_cast<std::size_t>(ids_[t]) * config_.D(), config_.D());
      x.values.insert(x.values.end(), row.begin(), row.end());
    }
    return x;
  }

  const reference::ModelConfig config_ = reference::ModelConfig::nautile_370m();
  const Implementation<float> by_ = test::in_float().back();
  const std::vector<std::int64_t> ids_{17, 100'299, 0, 4711};
  const std::filesystem::path file_ =
      std::filesystem::path(testing::TempDir()) / ("sca_real_size." + std::to_string(getpid()));
};

TEST_F(RealSize, CheckpointLoadsStepsAndItsBlocksAgreeWithTheReference) {
  SCA_ABOUT_NUMBERS();
  if (std::filesystem::space(testing::TempDir()).available < room)
    GTEST_SKIP() << "a file of 1.5 GB has no room";
  auto loaded = network();
  fill(*loaded);
  const std::vector<float> logits = decoded(*loaded);
  EXPECT_TRUE(std::ranges::all_of(logits, [](float x) { return std::isfinite(x); }));
  save(*loaded, file_);
  loaded.reset();  // loading takes twice as much as is loaded
  loaded = network();
  load(*loaded, file_);
  EXPECT_TRUE(is_filled(*loaded));
  EXPECT_TRUE(std::ranges::equal(logits, decoded(*loaded))) << "bit for bit";

  const judge::Dump first = block(*loaded, 0, embedded(*loaded));
  const judge::Dump in_first = ran(first, test::in_double());
  judge::Dump second = ran(block(*loaded, 1, in_first.tensors.at("out")), test::in_double());
  const judge::Dump attention = block(*loaded, 2, second.tensors.at("out"));
  loaded.reset();
  second = {};
  // Over steps, and over attention, worst cases of so wide a block in float32 say nothing.
  judge::Dump in_float = ran(first, by_);
  std::erase_if(in_float.tensors,
                [](const auto& one) { return one.first == "step_out" || one.first.starts_with("st."); });
  auto others = std::async(std::launch::async, [&] {
    return judged(ran(attention, test::in_double()), arithmetic_of(test::in_double()));
  });
  expect_right(judged(in_first, arithmetic_of(test::in_double())));
  expect_right(judged(in_float, arithmetic_of(by_)));
  expect_right(others.get());
}

}  // namespace
}  // namespace sca::evidence::networks
