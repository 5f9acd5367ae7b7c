#include "experiments/tasks/sampling.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace sca::experiments::ablation {

double unit_draw(evidence::Draws& draws) {
  return (static_cast<double>(draws.bits() >> 11U) + 0.5) * 0x1p-53;
}

std::int64_t id_draw(evidence::Draws& draws, std::int64_t first, std::int64_t last) {
  return first + static_cast<std::int64_t>(draws.within(0, static_cast<std::size_t>(last - first)));
}

std::vector<std::int64_t> distinct_ids(evidence::Draws& draws, std::int64_t count, std::int64_t first,
                                       std::int64_t last) {
  std::vector<std::int64_t> ids(static_cast<std::size_t>(last - first + 1));
  std::iota(ids.begin(), ids.end(), first);
  const auto size = static_cast<std::size_t>(count);
  for (std::size_t i = 0; i < size; ++i) std::swap(ids[i], ids[draws.within(i, ids.size() - 1)]);
  ids.resize(size);
  return ids;
}

// Of exponential clocks with rates w the first to ring is i with probability w_i / sum w, and so on among the
// rest: drawing without replacement is one race.
std::vector<std::int64_t> power_law_slots(evidence::Draws& draws, std::int64_t count, std::int64_t slots) {
  constexpr double a = 0.01;
  std::vector<std::pair<double, std::int64_t>> rings;
  for (std::int64_t slot = 0; slot < slots; ++slot) {
    const double rate = std::pow(static_cast<double>(slot + 1), a - 1);
    rings.emplace_back(-std::log(unit_draw(draws)) / rate, slot);
  }
  std::ranges::sort(rings);
  std::vector<std::int64_t> taken;
  for (std::int64_t i = 0; i < count; ++i) taken.push_back(rings[static_cast<std::size_t>(i)].second);
  return taken;
}

}  // namespace sca::experiments::ablation
