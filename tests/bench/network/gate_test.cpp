// A network's number is printed only if every operator, the core and small networks of them pass.

#include "bench/gate.hpp"

#include <gtest/gtest.h>

#include "bench/network/gate.hpp"
#include "bench/network/subject.hpp"
#include "bench/runner.hpp"

namespace {

using namespace sca::bench;
using sca::evidence::judge::Verdict;
using sca::kernels::Implementation;
using sca::kernels::Operators;

Implementation<float> plain() { return implementations().front(); }

/// Every entry of a step of the optimiser is off by one part in a thousand.
void slightly_wrong(const sca::kernels::AdamW<float>& call) {
  plain().operators->adamw(call);
  for (std::int64_t i = 0; i < call.count; ++i) call.p[i] *= 1.001F;
}

/// Right, but its result is added where it should be written.
void always_adds(const sca::kernels::LinearForward<float>& call) {
  sca::kernels::LinearForward<float> other = call;
  other.adds = true;
  plain().operators->linear(other);
}

std::vector<Measurement> timed(const NetworkSubject& subject) {
  std::vector<Measurement> found;
  const Plan plan{.subjects = {},
                  .shapes = {{1, 5, 2, 1, 3, 2}},
                  .threads = {1},
                  .seconds = 0.01,
                  .samples = 5,
                  .networks = {subject},
                  .prefills = {4},
                  .contexts = {4}};
  run(plan, {[&](const Measurement& one) { found.push_back(one); }, [](auto, auto, auto&) {}});
  return found;
}

TEST(NetworkGate, AdmitsThePlainAndTheWidestImplementation) {
  Gate gate;
  for (const Implementation<float>& by : {implementations().front(), implementations().back()}) {
    const Admission found = gate.admit(by);
    EXPECT_TRUE(found.is_granted()) << by.operators->name << " " << found.what;
    EXPECT_GT(found.clearance, 0);
    EXPECT_LE(found.clearance, 1);
  }
}

TEST(NetworkGate, RefusesATableWithOneWrongOperator) {
  Operators<float> table = *plain().operators;
  table.adamw = slightly_wrong;
  Implementation<float> by = plain();
  by.operators = &table;
  Gate gate;
  const Admission found = gate.admit(by);
  EXPECT_EQ(found.verdict, Verdict::fail);
  EXPECT_NE(found.what.find("adamw"), std::string::npos) << found.what;
  const auto rows = timed({NetworkOperation::layer_forward, by});
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].verdict, "fail");
  EXPECT_FALSE(rows[0].is_timed());
}

TEST(NetworkGate, SmallNetworksAloneCatchAWrongOperator) {
  Operators<float> table = *plain().operators;
  table.linear = always_adds;
  Implementation<float> by = plain();
  by.operators = &table;
  EXPECT_EQ(small_networks_admission(by).verdict, Verdict::fail);
  EXPECT_TRUE(small_networks_admission(plain()).is_granted());
}

TEST(NetworkRunner, LayersAndAModelGetTimesAndFacts) {
  const auto layer = timed({NetworkOperation::layer_training, plain()});
  ASSERT_EQ(layer.size(), 1U);
  EXPECT_EQ(layer[0].samples.size(), 5U) << layer[0].remark;
  EXPECT_EQ(layer[0].network.D, 6);
  const auto step = timed({NetworkOperation::layer_step, plain(), true});
  ASSERT_EQ(step.size(), 1U);
  EXPECT_TRUE(step[0].kernel.starts_with("layer_step/bf16/")) << step[0].kernel;
  EXPECT_TRUE(step[0].is_timed()) << step[0].remark;
  EXPECT_EQ(step[0].shape.L, 1);
  EXPECT_GT(step[0].network.state_bytes, 0);
  const auto decode = timed({NetworkOperation::decode_hybrid, implementations().back()});
  ASSERT_EQ(decode.size(), 1U);
  EXPECT_TRUE(decode[0].is_timed()) << decode[0].remark;
  EXPECT_EQ(decode[0].network.context, 4);
  EXPECT_EQ(decode[0].network.attention_blocks, 1);
  EXPECT_GT(decode[0].network.scratch_bytes, 0);
}

}  // namespace
