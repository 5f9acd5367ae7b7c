#include "experiments/analysis/capacity.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

namespace sca::experiments::ablation {
namespace {

constexpr std::size_t least_sizes = 3;

/// N of a task of the family mqar: 8 where it does not say.
std::optional<double> pairs_of(const std::string& task) {
  if (task.substr(0, task.find(':')) != "mqar") return std::nullopt;
  const std::size_t at = task.find("N=");
  int n = 8;
  if (at != std::string::npos) std::from_chars(task.data() + at + 2, task.data() + task.size(), n);
  return n;
}

std::optional<double> falls_through_half(const std::vector<std::pair<double, double>>& recall) {
  for (std::size_t i = 1; i < recall.size(); ++i) {
    const auto [n0, r0] = recall[i - 1];
    const auto [n1, r1] = recall[i];
    if (r0 >= 0.5 && r1 < 0.5) return std::exp(std::lerp(std::log(n0), std::log(n1), (r0 - 0.5) / (r0 - r1)));
  }
  return std::nullopt;
}

}  // namespace

std::vector<CapacityCurve> capacity_curves(const Analysis& analysis) {
  struct Sum {
    double sum = 0;
    double count = 0;
  };
  std::vector<const RunRecord*> first;  // of each architecture
  std::map<std::string, std::map<double, Sum>> sums;
  for (const RunRecord& run : analysis.runs) {
    const auto n = pairs_of(run.task);
    if (!n || run.split != Split::report || run.spec.ratio < run.spec.blocks) continue;
    auto& of_model = sums[run.model];
    if (of_model.empty()) first.push_back(&run);
    Sum& sum = of_model[*n];
    sum.sum += normalised(run.score(), run.chance);
    ++sum.count;
  }
  std::ranges::sort(first, [](const RunRecord* a, const RunRecord* b) { return is_before(*a, *b); });
  std::vector<CapacityCurve> curves;
  for (const RunRecord* run : first) {
    CapacityCurve curve{run->spec, {}, {}};
    for (const auto& [n, sum] : sums[run->model]) curve.recall.emplace_back(n, sum.sum / sum.count);
    curve.n50 = falls_through_half(curve.recall);
    if (curve.recall.size() >= least_sizes) curves.push_back(std::move(curve));
  }
  return curves;
}

}  // namespace sca::experiments::ablation
