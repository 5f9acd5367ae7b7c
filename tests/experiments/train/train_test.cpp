#include "experiments/train/train.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "evidence/input/error.hpp"
#include "evidence/networks/checkpoint.hpp"
#include "experiments/model/network.hpp"
#include "experiments/train/evaluation.hpp"
#include "tests/temporary_folder.hpp"

namespace sca::experiments::ablation {
namespace {

using Json = nlohmann::ordered_json;

RunConfig small_run(std::int64_t steps = 24) {
  return run_config({{"task", "mqar:N=4"},
                     {"blocks", 3},
                     {"D", 16},
                     {"rate", 0.01},
                     {"seed", 3},
                     {"steps", steps},
                     {"tokens", 256},
                     {"split", "selection"}},
                    "test");
}

Json without_seconds(Json record) {
  record.erase("seconds");
  return record;
}

#ifndef SCA_SANITIZED  // verification takes twenty seconds a test there
TEST(Training, TellsTheSameTwice) {
  const sca::test::TemporaryFolder folder;
  const Json first = trained(small_run(), folder.path() / "a", nullptr);
  const Json second = trained(small_run(), folder.path() / "b", nullptr);
  EXPECT_EQ(without_seconds(first), without_seconds(second));
  EXPECT_EQ(first["status"], "done");
  EXPECT_EQ(first["curve"].size(), 24u);
}
#endif

// Checkpoints are written by the clock and at the end: what lies between is computed again.
TEST(Training, GoesOnFromItsCheckpoint) {
  const sca::test::TemporaryFolder folder;
  const RunConfig config = small_run();
  const Json whole = trained(config, folder.path() / "whole", nullptr);
  std::int64_t steps = 0;
  const Json again = trained(config, folder.path() / "whole", [&](std::int64_t) { ++steps; });
  EXPECT_EQ(steps, 0);
  EXPECT_EQ(without_seconds(again), without_seconds(whole));
}

#ifndef SCA_SANITIZED  // verification takes twenty seconds a test there
TEST(Training, LearnsAndKeepsTheModelThatItScored) {
  const sca::test::TemporaryFolder folder;
  const RunConfig config = small_run(60);
  const Json record = trained(config, folder.path(), nullptr);
  EXPECT_LT(record["curve"].back()[1].get<double>(),
            record["curve"][0][1].get<double>() - 0.5);  // nats, of about 4
  const std::unique_ptr<const Task> task = make_task(config.task);
  const NetworkPlan plan = network_plan(config.model, task->vocab(), task->longest());
  kernels::Network<float> network(plan.sizes, plan.rules, plan.by);
  evidence::networks::load(network, folder.path() / "model.safetensors");
  const std::vector<Batch> batches = task->evaluation(config.split);
  EXPECT_EQ(total(Evaluator(network, *task).scores(batches)).value(), record["value"]);
}
#endif

#ifndef SCA_SANITIZED  // verification takes twenty seconds a test there
TEST(Training, RecordsWhatDiverges) {
  const sca::test::TemporaryFolder folder;
  RunConfig config = small_run();
  config.rate = 1e30;  // beyond what a plan may ask for
  const Json record = trained(config, folder.path(), nullptr);
  EXPECT_EQ(record["status"], "diverged");
  EXPECT_TRUE(record["value"].is_null());
  EXPECT_GT(record["diverged_at"], 1);
}
#endif

TEST(Training, RefusesACheckpointThatIsNotItsOwn) {
  const sca::test::TemporaryFolder folder;
  trained(small_run(), folder.path(), nullptr);
  RunConfig other = small_run();
  other.seed = 4;
  EXPECT_THROW(trained(other, folder.path(), nullptr), evidence::InputError);
}

TEST(Training, RefusesADamagedCheckpoint) {
  const sca::test::TemporaryFolder folder;
  trained(small_run(), folder.path(), nullptr);
  std::fstream file(folder.path() / "checkpoint", std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(-1, std::ios::end);
  file.put('\x7f');
  file.close();
  EXPECT_THROW(trained(small_run(), folder.path(), nullptr), evidence::InputError);
}

TEST(RunId, ChangesWithEverythingThatChangesTheRun) {
  const RunConfig one = small_run();
  EXPECT_EQ(run_id(one), run_id(one));
  EXPECT_EQ(run_id(one).size(), 16u);
  const Json changes{{"seed", 4}, {"rate", 0.02},      {"steps", 25},
                     {"M", 1},    {"split", "report"}, {"task", "mqar"}};
  for (const auto& [field, value] : changes.items()) {
    Json fields = to_json(one);
    fields.erase("E");
    fields.erase("H");
    fields[field] = value;
    EXPECT_NE(run_id(run_config(fields, "test")), run_id(one)) << field;
  }
}

TEST(RunConfig, ReadsBackWhatItWrites) {
  const RunConfig one = small_run();
  EXPECT_EQ(run_config(to_json(one), "again"), one);
}

TEST(RunConfig, RefusesUnknownAndMissingFields) {
  const auto refusal = [](Json fields) {
    try {
      run_config(fields, "plan.toml");
    } catch (const evidence::InputError& error) {
      return std::string(error.what());
    }
    return std::string("accepted");
  };
  Json fields = to_json(small_run());
  fields["depth"] = 3;
  EXPECT_EQ(refusal(fields), "plan.toml: depth: expected no such field, found 3");
  fields.erase("depth");
  fields.erase("rate");
  EXPECT_EQ(refusal(fields), "plan.toml: rate: expected a value, found none");
  fields["rate"] = 2;
  EXPECT_EQ(refusal(fields), "plan.toml: rate: expected a learning rate above 0, at most 1, found 2");
}

}  // namespace
}  // namespace sca::experiments::ablation
