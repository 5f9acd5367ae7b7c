#include "experiments/tasks/generated.hpp"

#include <algorithm>

#include "experiments/random.hpp"

namespace sca::experiments::ablation {
namespace {

std::uint64_t root_of(std::uint64_t key, Part part) { return derived(key, static_cast<std::uint64_t>(part)); }

}  // namespace

std::int64_t Sequence::asked() const {
  return std::ranges::count_if(labels, [](std::int64_t label) { return label >= 0; });
}

void append(Batch& batch, const Sequence& row) {
  batch.L = static_cast<std::int64_t>(row.ids.size());
  ++batch.B;
  batch.ids.insert(batch.ids.end(), row.ids.begin(), row.ids.end());
  batch.labels.insert(batch.labels.end(), row.labels.begin(), row.labels.end());
  batch.groups.insert(batch.groups.end(), row.groups.begin(), row.groups.end());
}

std::vector<Batch> batches_of(const std::vector<Sequence>& rows) {
  std::vector<Batch> batches;
  for (const Sequence& row : rows) {
    const auto L = static_cast<std::int64_t>(row.ids.size());
    const bool fits = !batches.empty() && batches.back().L == L && (batches.back().B + 1) * L <= batch_tokens;
    if (!fits) batches.emplace_back();
    append(batches.back(), row);
  }
  return batches;
}

GeneratedTask::GeneratedTask(const Options& options) : key_(evidence::hashed(options.canonical())) {}

Batch GeneratedTask::training(std::uint64_t seed, std::uint64_t step, std::int64_t B) const {
  const std::uint64_t stream = derived(root_of(key_, Part::training), seed, step);
  Batch batch;
  for (std::int64_t b = 0; b < B; ++b) {
    evidence::Draws draws(stream, static_cast<std::uint64_t>(b));
    append(batch, sequence(draws, length(), Part::training));
  }
  return batch;
}

std::vector<Batch> GeneratedTask::evaluation(Split split) const {
  const Part part = split == Split::selection ? Part::selection : Part::report;
  std::vector<Sequence> rows;
  for (const std::int64_t tokens : evaluated_lengths()) {
    const std::uint64_t stream = derived(root_of(key_, part), static_cast<std::uint64_t>(tokens));
    std::int64_t asked = 0;
    for (std::uint64_t i = 0; asked < evaluation_labels; ++i) {
      evidence::Draws draws(stream, i);
      rows.push_back(sequence(draws, tokens, part));
      asked += rows.back().asked();
    }
  }
  return batches_of(rows);
}

}  // namespace sca::experiments::ablation
