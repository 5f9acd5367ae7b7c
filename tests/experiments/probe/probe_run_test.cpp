#include "experiments/probe/probe_run.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include "evidence/input/error.hpp"
#include "evidence/networks/checkpoint.hpp"
#include "experiments/model/initial.hpp"
#include "experiments/model/network.hpp"

namespace sca::experiments::ablation {
namespace {

RunConfig small_run() {
  return run_config({{"task", "mqar:N=2,V=8"},
                     {"D", 8},
                     {"blocks", 3},
                     {"ratio", 2},
                     {"K", 2},
                     {"M", 2},
                     {"rate", 0.001},
                     {"seed", 3},
                     {"steps", 1},
                     {"tokens", 64},
                     {"split", "report"}},
                    "test");
}

class ProbeRun : public testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directories(folder_); }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("sca-probe-" + std::to_string(getpid()));
};

#ifndef SCA_SANITIZED  // two minutes there; every part has its own test
TEST_F(ProbeRun, ProbesTheModelAndItsControls) {
  const RunConfig config = small_run();
  const auto task = make_task(config.task);
  const NetworkPlan plan = network_plan(config.model, task->vocab(), task->longest());
  kernels::Network<float> network(plan.sizes, plan.rules, plan.by);
  set_initial(network, config.seed);
  evidence::networks::save(network, folder_ / "model.safetensors");
  const auto records = probe_run(folder_, config);
  ASSERT_EQ(records.size(), 6U);  // two layers, three times
  for (const std::size_t layer : {0U, 1U}) {
    nlohmann::ordered_json trained = records[layer];
    nlohmann::ordered_json initial = records[4 + layer];
    EXPECT_EQ(trained["model"], run_id(config));
    EXPECT_EQ(trained["sequences"], 64);
    EXPECT_EQ(trained["is_trained"], true);
    EXPECT_EQ(records[2 + layer]["is_shuffled"], true);
    EXPECT_EQ(initial["is_trained"], false);
    // Nothing was learned: the twin is the model itself.
    initial["is_trained"] = true;
    EXPECT_EQ(trained, initial);
    EXPECT_NE(trained["theorem"], records[2 + layer]["theorem"]);
  }
}
#endif

TEST_F(ProbeRun, NeedsTheModel) { EXPECT_THROW(probe_run(folder_, small_run()), evidence::InputError); }

TEST(ProbeSequences, AreHeldOutAndOfTheTrainingLength) {
  const auto task = make_task("group:G=Z2");
  const Batch all = probe_sequences(*task);
  EXPECT_EQ(all.B, 64);
  EXPECT_EQ(all.L, task->length());
  EXPECT_EQ(all.ids.size(), static_cast<std::size_t>(all.B * all.L));
  EXPECT_EQ(all.labels.size(), all.ids.size());
}

}  // namespace
}  // namespace sca::experiments::ablation
