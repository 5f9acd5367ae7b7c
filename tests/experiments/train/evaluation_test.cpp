#include "experiments/train/evaluation.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "experiments/model/initial.hpp"
#include "experiments/model/network.hpp"

namespace sca::experiments::ablation {
namespace {

/// Batches given by hand, labels in two groups.
class Given final : public Task {
 public:
  explicit Given(Metric metric) : metric_(metric) {}
  std::int64_t vocab() const override { return 5; }
  std::int64_t length() const override { return 4; }
  Metric metric() const override { return metric_; }
  double chance() const override { return 0.2; }
  std::vector<std::string> groups() const override { return {"first", "second"}; }
  Batch training(std::uint64_t, std::uint64_t, std::int64_t) const override { return batch(0); }
  std::vector<Batch> evaluation(Split) const override { return {batch(0), batch(1)}; }
  std::string word(std::int64_t id) const override { return std::to_string(id); }

 private:
  static Batch batch(std::int64_t shift) {
    return {2, 4, {0, 1, 2, 3, 4, 3, 2, shift}, {-100, 2, 1, -100, 0, -100, 4, 3}, {0, 0, 1, 0, 1, 0, 0, 1}};
  }
  Metric metric_;
};

class Evaluation : public testing::Test {
 protected:
  Evaluation()
      : plan_(network_plan(model_spec({{"blocks", 3}}, "test"), 5, 4)),
        network_(plan_.sizes, plan_.rules, plan_.by) {
    set_initial(network_, 3);
  }

  NetworkPlan plan_;
  kernels::Network<float> network_;
};

TEST_F(Evaluation, CountsWhatHasTheLargestLogit) {
  const Given task(Metric::accuracy);
  const std::vector<Batch> batches = task.evaluation(Split::report);
  const std::vector<Score> scores = Evaluator(network_, task).scores(batches);
  kernels::TrainingPass<float> pass(network_, 2, 4);
  std::int64_t counts[2] = {};
  double right[2] = {};
  for (const Batch& batch : batches) {
    const auto logits = pass.forward(batch.ids.data());
    for (std::size_t i = 0; i < 8; ++i) {
      if (batch.labels[i] < 0) continue;
      std::int64_t best = 0;
      for (std::int64_t v = 1; v < 5; ++v) {
        if (logits[i * 5 + static_cast<std::size_t>(v)] > logits[i * 5 + static_cast<std::size_t>(best)])
          best = v;
      }
      ++counts[batch.groups[i]];
      right[batch.groups[i]] += best == batch.labels[i] ? 1 : 0;
    }
  }
  for (std::size_t g = 0; g < 2; ++g) {
    EXPECT_EQ(scores[g].count, counts[g]);
    EXPECT_EQ(scores[g].sum, right[g]);
  }
  EXPECT_EQ(total(scores).count, 10);
}

// The mean of the bits is the loss that training minimises, in another unit.
TEST_F(Evaluation, BitsAreTheTrainingLoss) {
  const Given task(Metric::bits_per_byte);
  const std::vector<Batch> batches = task.evaluation(Split::report);
  kernels::TrainingPass<float> pass(network_, 2, 4);
  pass.forward(batches[0].ids.data());
  const double loss = pass.loss(batches[0].labels.data());
  const double bits = total(Evaluator(network_, task).scores(std::span(batches).first(1))).value();
  EXPECT_NEAR(bits * std::log(2.0), loss, 8 * 0x1p-24 * loss);  // a mean of five rounded losses
}

TEST(FirstLabels, TakesWholeBatchesUntilThereAreEnough) {
  const std::vector<Batch> batches = Given(Metric::accuracy).evaluation(Split::report);
  EXPECT_EQ(first_labels(batches, 1).size(), 1u);
  EXPECT_EQ(first_labels(batches, 5).size(), 1u);
  EXPECT_EQ(first_labels(batches, 6).size(), 2u);
  EXPECT_EQ(first_labels(batches, 100).size(), 2u);
}

}  // namespace
}  // namespace sca::experiments::ablation
