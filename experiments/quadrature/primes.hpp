#pragma once

#include <cstdint>
#include <vector>

namespace sca::experiments {

bool is_prime(std::uint64_t n);
std::vector<std::uint64_t> first_primes(std::size_t count);
/// domain   n >= 2
std::uint64_t largest_prime_up_to(std::uint64_t n);
/// The smallest generator of the multiplicative group modulo a prime.
std::uint64_t primitive_root(std::uint64_t prime);

}  // namespace sca::experiments
