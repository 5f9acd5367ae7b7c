#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "evidence/draws.hpp"

namespace sca::experiments::ablation {

/// Uniform on the odd multiples of 2^-54 in (0, 1).
double unit_draw(evidence::Draws& draws);

/// Uniform in [first, last].
std::int64_t id_draw(evidence::Draws& draws, std::int64_t first, std::int64_t last);

/// `count` different ids of [first, last], in random order, every such row equally likely.
/// domain   count <= last - first + 1
std::vector<std::int64_t> distinct_ids(evidence::Draws& draws, std::int64_t count, std::int64_t first,
                                       std::int64_t last);

/// `count` of the slots 0 ... slots - 1 in the order in which they are drawn, without replacement: each draw
/// takes slot g - 1 with a probability proportional to g^(a - 1), a = 0.01, among those that are left.
///
/// domain   count <= slots
/// source   Arora et al. 2023, Zoology: gaps between repeated bigrams follow a power law
std::vector<std::int64_t> power_law_slots(evidence::Draws& draws, std::int64_t count, std::int64_t slots);

}  // namespace sca::experiments::ablation
