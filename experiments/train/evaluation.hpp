#pragma once

#include <map>
#include <span>
#include <utility>

#include "experiments/tasks/task.hpp"
#include "kernels/network/training_pass.hpp"

namespace sca::experiments::ablation {

/// Sums over labels: how many there were, and the correct ones or their bits.
struct Score {
  std::int64_t count = 0;
  double sum = 0;

  double value() const { return sum / static_cast<double>(count); }
};

/// Scores a network on batches; keeps its memory from call to call.
class Evaluator {
 public:
  /// domain   network and task outlive this
  Evaluator(const kernels::Network<float>& network, const Task& task) : network_(network), task_(task) {}

  /// One score a group of the task. A label is correct where it has the largest logit, the first of equal
  /// ones; an answer of several labels, if all of them are. Its bits are -log2 of its softmax.
  std::vector<Score> scores(std::span<const Batch> batches);

 private:
  kernels::TrainingPass<float>& pass(std::int64_t B, std::int64_t L);

  const kernels::Network<float>& network_;
  const Task& task_;
  std::map<std::pair<std::int64_t, std::int64_t>, kernels::TrainingPass<float>> passes_;
};

/// Of all groups together.
Score total(std::span<const Score> scores);

/// The first batches, with `labels` labels if there are so many.
std::span<const Batch> first_labels(std::span<const Batch> batches, std::int64_t labels);

}  // namespace sca::experiments::ablation
