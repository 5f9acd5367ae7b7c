#include "bench/network/random_network.hpp"

#include <cmath>

#include "bench/fill.hpp"
#include "bench/network/models.hpp"
#include "evidence/hash.hpp"

namespace sca::bench {
namespace {

double scale_of(const kernels::Parameter& one) {
  if (!one.decays) return 0.5;
  return std::sqrt(3 / static_cast<double>(one.shape.back()));  // as uniform numbers of variance 1 / width
}

}  // namespace

RandomNetwork::RandomNetwork(const kernels::NetworkSizes& sizes, const kernels::Implementation<float>& by,
                             bool keeps_bf16, std::uint64_t seed)
    : network_(sizes, released_rules(), by) {
  for (const kernels::Parameter& one : network_.parameters()) {
    const bool is_gain = one.name.ends_with("scale") || one.name.ends_with("norm.weight");
    const auto values =
        network_.values().subspan(static_cast<std::size_t>(one.offset), static_cast<std::size_t>(one.count));
    fill_uniform(values, is_gain ? 1 : 0, scale_of(one), seed, evidence::hashed(one.name));
  }
  if (keeps_bf16) network_.keep_bf16();
}

}  // namespace sca::bench
