#include "experiments/analysis/ecdf.hpp"

#include <map>

namespace sca::experiments::ablation {

std::vector<EcdfPoint> ecdf(const std::vector<std::optional<double>>& observations) {
  std::map<double, std::size_t> counts;
  for (const auto& one : observations) {
    if (one) ++counts[*one];
  }
  std::vector<EcdfPoint> steps;
  std::size_t below = 0;
  for (const auto& [x, count] : counts) {
    below += count;
    steps.push_back({x, static_cast<double>(below) / static_cast<double>(observations.size())});
  }
  return steps;
}

}  // namespace sca::experiments::ablation
