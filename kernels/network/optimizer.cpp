#include "kernels/network/optimizer.hpp"

#include <cmath>

namespace sca::kernels {
namespace {

constexpr double largest_norm = 1;
constexpr double matrix_decay = 0.1;

}  // namespace

template <class Real>
Optimizer<Real>::Optimizer(Network<Real>& network)
    : network_(network), m_(network.values().size()), v_(network.values().size()) {
  for (const Parameter& one : network.parameters()) {
    if (runs_.empty() || runs_.back().decays != one.decays) runs_.push_back({one.offset, 0, one.decays});
    runs_.back().count += one.count;
  }
}

template <class Real>
double Optimizer<Real>::step(std::span<const Real> gradient, double rate) {
  const Implementation<Real>& by = network_.by();
  double squared = 0;
  by.operators->squared_norm({static_cast<std::int64_t>(m_.size()), gradient.data(), &squared, by.threads});
  const double norm = std::sqrt(squared);
  if (!std::isfinite(norm)) return norm;
  ++steps_;
  for (const Run& run : runs_) {
    by.operators->adamw({.count = run.count,
                         .step = steps_,
                         .rate = rate,
                         .beta1 = 0.9,
                         .beta2 = 0.95,
                         .epsilon = 1e-8,
                         .decay = run.decays ? matrix_decay : 0,
                         .scale = norm > largest_norm ? largest_norm / norm : 1,
                         .gradient = gradient.data() + run.offset,
                         .p = network_.values().data() + run.offset,
                         .m = m_.data() + run.offset,
                         .v = v_.data() + run.offset,
                         .threads = by.threads});
  }
  return norm;
}

template class Optimizer<float>;
template class Optimizer<double>;

}  // namespace sca::kernels
