#include "experiments/model/initial.hpp"

#include <boost/math/special_functions/erf.hpp>

#include <cmath>
#include <functional>
#include <string_view>

#include "evidence/hash.hpp"
#include "experiments/random.hpp"

namespace sca::experiments::ablation {
namespace {

/// The values of one tensor.
class Filler {
 public:
  Filler(const kernels::Parameter& tensor, std::span<float> values, std::uint64_t seed)
      : tensor_(tensor), values_(values), stream_(derived(seed, evidence::hashed(tensor.name))) {}

  void each(const std::function<double(std::size_t i)>& value) const {
    for (std::size_t i = 0; i < values_.size(); ++i) values_[i] = static_cast<float>(value(i));
  }
  void all(double value) const {
    each([&](std::size_t) { return value; });
  }
  void uniform(double limit) const {
    each([&](std::size_t i) { return limit * (2 * unit(stream_, i) - 1); });
  }
  void normal(double deviation) const {
    each([&](std::size_t i) {
      return deviation * std::sqrt(2.0) * boost::math::erf_inv(2 * unit(stream_, i) - 1);
    });
  }
  double extent(std::size_t i) const { return static_cast<double>(tensor_.shape[i]); }
  std::size_t count(std::size_t i) const { return static_cast<std::size_t>(tensor_.shape[i]); }

 private:
  const kernels::Parameter& tensor_;
  std::span<float> values_;
  std::uint64_t stream_;
};

/// Number i of n in geometric progression.
double geometric(double first, double last, std::size_t i, std::size_t n) {
  return n == 1 ? first : first * std::pow(last / first, static_cast<double>(i) / static_cast<double>(n - 1));
}

double inverse_softplus(double y) { return std::log(std::expm1(y)); }

/// theta_raw [1, 1, K, H, 1]: the same node in all channels of a head.
void fill_nodes(const Filler& f) {
  const std::size_t K = f.count(2);
  const std::size_t H = f.count(3);
  f.each([&](std::size_t i) {
    const double share = (geometric(0.001, 3, i / H, K) - 0.001) / 2.999;
    const double inside = std::min(std::max(share, 1e-4), 1 - 1e-4);
    return std::log(inside) - std::log1p(-inside);
  });
}

/// theta_d_raw [1, 1, K, H, M]: increments.
void fill_increments(const Filler& f) {
  const std::size_t M = f.count(4);
  f.each([&](std::size_t i) { return std::log(std::expm1(geometric(0.001, 3, i % M, M)) + 1e-4); });
}

void fill(const Filler& f, std::string_view name) {
  const auto ends = [&](std::string_view end) { return name.ends_with(end); };
  if (ends("embedding.weight")) return f.normal(1 / std::sqrt(f.extent(1)));
  if (ends("conv_weight")) return f.normal(std::sqrt(2 / f.extent(2)));
  if (ends("theta_raw")) return fill_nodes(f);
  if (ends("theta_d_raw")) return fill_increments(f);
  if (ends("slopes"))
    return f.each([&](std::size_t i) { return inverse_softplus(geometric(0.001, 0.1, i, f.count(0))); });
  if (ends("W_readout")) {
    const double inputs = f.extent(1) * f.extent(2);
    const double outputs = f.extent(0) * f.extent(2);
    return f.uniform(std::sqrt(6 / (inputs + outputs)));
  }
  if (ends("w_int_raw") || ends("score_bias") || ends("bias")) return f.all(0);
  if (ends("norm.weight") || !ends("weight")) return f.all(1);  // norms' gains and heads' scales
  f.uniform(1 / std::sqrt(f.extent(1)));
}

}  // namespace

void set_initial(kernels::Network<float>& network, std::uint64_t seed) {
  for (const kernels::Parameter& one : network.parameters()) {
    const auto values =
        network.values().subspan(static_cast<std::size_t>(one.offset), static_cast<std::size_t>(one.count));
    fill(Filler(one, values, seed), one.name);
  }
}

}  // namespace sca::experiments::ablation
