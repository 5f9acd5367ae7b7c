#include "experiments/quadrature/primes.hpp"

#include <algorithm>

namespace sca::experiments {
namespace {

std::uint64_t power_modulo(std::uint64_t base, std::uint64_t exponent, std::uint64_t modulus) {
  std::uint64_t result = 1 % modulus;
  for (; exponent != 0; exponent >>= 1U) {
    if (exponent & 1U) result = result * base % modulus;
    base = base * base % modulus;
  }
  return result;
}

}  // namespace

bool is_prime(std::uint64_t n) {
  if (n < 2) return false;
  for (std::uint64_t p = 2; p * p <= n; ++p) {
    if (n % p == 0) return false;
  }
  return true;
}

std::vector<std::uint64_t> first_primes(std::size_t count) {
  std::vector<std::uint64_t> primes;
  for (std::uint64_t n = 2; primes.size() < count; ++n) {
    if (is_prime(n)) primes.push_back(n);
  }
  return primes;
}

std::uint64_t largest_prime_up_to(std::uint64_t n) {
  while (!is_prime(n)) --n;
  return n;
}

std::uint64_t primitive_root(std::uint64_t prime) {
  std::vector<std::uint64_t> factors;
  std::uint64_t rest = prime - 1;
  for (std::uint64_t p = 2; rest > 1; ++p) {
    if (rest % p != 0) continue;
    factors.push_back(p);
    while (rest % p == 0) rest /= p;
  }
  std::uint64_t g = 1;
  while (std::ranges::any_of(factors,
                             [&](std::uint64_t p) { return power_modulo(g, (prime - 1) / p, prime) == 1; }))
    ++g;
  return g;
}

}  // namespace sca::experiments
