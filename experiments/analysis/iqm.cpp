#include "experiments/analysis/iqm.hpp"

#include <algorithm>
#include <numeric>

#include "experiments/analysis/bca.hpp"
#include "experiments/random.hpp"
#include "experiments/statistics.hpp"

namespace sca::experiments::ablation {
namespace {

double difference_of_iqms(const std::vector<PairedScores>& tasks,
                          const std::vector<std::vector<std::size_t>>& chosen) {
  std::vector<double> a;
  std::vector<double> b;
  for (std::size_t task = 0; task < tasks.size(); ++task) {
    for (const std::size_t i : chosen[task]) {
      a.push_back(tasks[task].a[i]);
      b.push_back(tasks[task].b[i]);
    }
  }
  return iqm(std::move(a)) - iqm(std::move(b));
}

}  // namespace

double iqm(std::vector<double> values) {
  std::ranges::sort(values);
  const std::size_t cut = values.size() / 4;
  const auto kept = values.size() - 2 * cut;
  const auto first = values.begin() + static_cast<std::ptrdiff_t>(cut);
  return std::accumulate(first, first + static_cast<std::ptrdiff_t>(kept), 0.0) / static_cast<double>(kept);
}

Interval iqm_difference(const std::vector<PairedScores>& tasks, std::uint64_t seed) {
  std::vector<std::vector<std::size_t>> chosen;
  for (const PairedScores& task : tasks) {
    chosen.emplace_back(task.a.size());
    std::iota(chosen.back().begin(), chosen.back().end(), std::size_t{0});
  }
  const double estimate = difference_of_iqms(tasks, chosen);
  std::vector<double> replicates;
  for (std::size_t resample = 0; resample < bootstrap_resamples; ++resample) {
    for (std::size_t task = 0; task < tasks.size(); ++task) {
      const std::uint64_t key = derived(seed, resample, task);
      for (std::size_t i = 0; i < chosen[task].size(); ++i)
        chosen[task][i] = below(chosen[task].size(), key, i);
    }
    replicates.push_back(difference_of_iqms(tasks, chosen));
  }
  return {estimate, quantile(replicates, (1 - confidence) / 2), quantile(replicates, (1 + confidence) / 2)};
}

}  // namespace sca::experiments::ablation
