#include "evidence/plot/labels.hpp"

#include <algorithm>
#include <numeric>

namespace sca::evidence {
namespace {

/// Neighbours that ended up touching: they share the mean of what they wanted.
struct Block {
  double sum = 0;
  std::size_t count = 0;
  double mean() const { return sum / static_cast<double>(count); }
};

}  // namespace

// With the gaps taken out (height less gap times rank) what is left is to be ascending: isotonic regression,
// by pooling neighbours that are not.
std::vector<double> pushed_apart(const std::vector<double>& wanted, double gap, double low, double high) {
  if (wanted.empty()) return {};
  const auto last = static_cast<double>(wanted.size() - 1);
  if (last > 0) gap = std::min(gap, (high - low) / last);
  std::vector<std::size_t> order(wanted.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return wanted[i]; });
  std::vector<Block> blocks;
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    blocks.push_back({wanted[order[rank]] - gap * static_cast<double>(rank), 1});
    while (blocks.size() > 1 && blocks.back().mean() < blocks[blocks.size() - 2].mean()) {
      const Block top = blocks.back();
      blocks.pop_back();
      blocks.back().sum += top.sum;
      blocks.back().count += top.count;
    }
  }
  std::vector<double> heights(wanted.size());
  std::size_t rank = 0;
  for (const Block& block : blocks) {
    const double level = std::clamp(block.mean(), low, std::max(low, high - gap * last));
    for (std::size_t i = 0; i < block.count; ++i, ++rank)
      heights[order[rank]] = level + gap * static_cast<double>(rank);
  }
  return heights;
}

}  // namespace sca::evidence
