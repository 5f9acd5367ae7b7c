#include "experiments/train/evaluation.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace sca::experiments::ablation {
namespace {

double bits(std::span<const float> logits, std::size_t label) {
  const double largest = *std::ranges::max_element(logits);
  double sum = 0;
  for (const float x : logits) sum += std::exp(static_cast<double>(x) - largest);
  return (std::log(sum) + largest - static_cast<double>(logits[label])) / std::numbers::ln2;
}

bool is_largest(std::span<const float> logits, std::size_t label) {
  return static_cast<std::size_t>(std::ranges::max_element(logits) - logits.begin()) == label;
}

}  // namespace

kernels::TrainingPass<float>& Evaluator::pass(std::int64_t B, std::int64_t L) {
  return passes_.try_emplace({B, L}, network_, B, L).first->second;
}

std::vector<Score> Evaluator::scores(std::span<const Batch> batches) {
  std::vector<Score> all(task_.groups().size());
  const auto vocab = static_cast<std::size_t>(task_.vocab());
  const std::int64_t parts = task_.labels_of_an_answer();
  for (const Batch& batch : batches) {
    const std::span<const float> logits = pass(batch.B, batch.L).forward(batch.ids.data());
    std::int64_t part = 0;  // of the answer, in the order of the labels
    bool is_right = true;
    for (std::size_t i = 0; i < batch.labels.size(); ++i) {
      if (batch.labels[i] < 0) continue;
      const auto label = static_cast<std::size_t>(batch.labels[i]);
      const std::span<const float> own = logits.subspan(i * vocab, vocab);
      Score& score = all[batch.groups.empty() ? 0 : static_cast<std::size_t>(batch.groups[i])];
      if (task_.metric() == Metric::bits_per_byte) {
        ++score.count;
        score.sum += bits(own, label);
        continue;
      }
      is_right = is_right && is_largest(own, label);
      if (++part < parts) continue;
      ++score.count;
      score.sum += is_right ? 1 : 0;
      part = 0;
      is_right = true;
    }
  }
  return all;
}

Score total(std::span<const Score> scores) {
  Score all;
  for (const Score& one : scores) {
    all.count += one.count;
    all.sum += one.sum;
  }
  return all;
}

std::span<const Batch> first_labels(std::span<const Batch> batches, std::int64_t labels) {
  std::size_t taken = 0;
  for (std::int64_t seen = 0; taken < batches.size() && seen < labels; ++taken)
    seen += std::ranges::count_if(batches[taken].labels, [](std::int64_t label) { return label >= 0; });
  return batches.first(taken);
}

}  // namespace sca::experiments::ablation
