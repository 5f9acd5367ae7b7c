#include "experiments/analysis/holm.hpp"

#include <algorithm>
#include <numeric>

namespace sca::experiments::ablation {

std::vector<double> holm(const std::vector<double>& p) {
  std::vector<std::size_t> order(p.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return p[i]; });
  std::vector<double> adjusted(p.size());
  double before = 0;
  for (std::size_t k = 0; k < order.size(); ++k) {
    before = std::max(before, static_cast<double>(p.size() - k) * p[order[k]]);
    adjusted[order[k]] = std::min(before, 1.0);
  }
  return adjusted;
}

}  // namespace sca::experiments::ablation
