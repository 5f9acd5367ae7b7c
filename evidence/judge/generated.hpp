#pragma once

#include "evidence/judge/dump.hpp"

namespace sca::evidence::judge {

/// Adds x, G and every p.* of a layer of kind 4, whose file states a seed instead: multiples of 2^-24 by
/// splitmix64, scaled, as float32. The scales are those of tests/data/golden/README.md.
void add_generated(Dump& dump);

/// h(seed, id, i) in (-1, 1), also the fixed direction (id 200) along which such a file reports gradients.
double generated_number(std::uint64_t seed, std::uint64_t id, std::uint64_t i);

}  // namespace sca::evidence::judge
