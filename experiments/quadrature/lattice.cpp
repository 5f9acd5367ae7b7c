#include "experiments/quadrature/lattice.hpp"

#include <map>
#include <mutex>

#include "experiments/quadrature/fft.hpp"
#include "experiments/quadrature/primes.hpp"
#include "theory/lattice_error.hpp"

namespace sca::experiments {
namespace {

/// B_2({n/N}).
double kernel(std::uint64_t n, std::uint64_t N) {
  return bernoulli_2(static_cast<double>(n) / static_cast<double>(N));
}

}  // namespace

std::vector<std::uint64_t> component_by_component(std::uint64_t N, std::span<const double> gamma) {
  std::vector<std::uint64_t> generator{1};  // the first axis has no better one
  if (N == 2) return std::vector<std::uint64_t>(gamma.size(), 1);
  const std::uint64_t root = primitive_root(N);
  std::vector<std::uint64_t> powers{1};  // root^a
  while (powers.size() < N - 1) powers.push_back(powers.back() * root % N);
  std::vector<double> kernels;
  for (const std::uint64_t power : powers) kernels.push_back(kernel(power, N));
  // Position b belongs to n = root^-b, so that n z is root^{a - b} for z = root^a.
  std::vector<double> product(N - 1);
  const auto multiply = [&](std::size_t l) {
    for (std::size_t b = 0; b < N - 1; ++b) {
      const std::uint64_t n = powers[(N - 1 - b) % (N - 1)];
      product[b] *= 1 + gamma[l] * kernel(n * generator[l] % N, N);
    }
  };
  product.assign(N - 1, 1.0);
  multiply(0);
  while (generator.size() < gamma.size()) {
    const std::vector<double> sums = cyclic_convolution(product, kernels);
    std::size_t best = 0;
    for (std::size_t a = 1; a < N - 1; ++a) {
      if (powers[a] <= N / 2 && sums[a] < sums[best]) best = a;  // z and N - z are mirror images
    }
    generator.push_back(powers[best]);
    multiply(generator.size() - 1);
  }
  return generator;
}

const std::vector<std::uint64_t>& equal_axes_generator(std::uint64_t N, std::size_t d) {
  static std::mutex mutex;
  static std::map<std::pair<std::uint64_t, std::size_t>, std::vector<std::uint64_t>> known;
  const std::scoped_lock lock(mutex);
  auto& generator = known[{N, d}];
  if (generator.empty()) generator = component_by_component(N, std::vector<double>(d, 1.0));
  return generator;
}

}  // namespace sca::experiments
