#pragma once

#include <span>
#include <vector>

#include "kernels/network/network.hpp"

namespace sca::kernels {

/// AdamW with the ablation's constants: beta = (0.9, 0.95), epsilon 1e-8, weight decay 0.1 on matrices and 0
/// on everything else, gradients clipped to a norm of 1.
///
/// source   Loshchilov and Hutter 2019; the ablation protocol
template <class Real>
class Optimizer {
 public:
  /// domain   the network outlives this
  explicit Optimizer(Network<Real>& network);

  /// One step at this learning rate. Returns the gradient's norm before clipping; where it is not finite
  /// nothing is changed.
  double step(std::span<const Real> gradient, double rate);

  std::int64_t steps() const { return steps_; }
  /// The moments, in the layout of the parameters.
  std::span<Real> first_moment() { return m_; }
  std::span<Real> second_moment() { return v_; }
  /// As if so many steps had left these moments.
  void stand_at(std::int64_t steps) { steps_ = steps; }

 private:
  /// Neighbouring parameters that weight decay applies to, or does not.
  struct Run {
    std::int64_t offset, count;
    bool decays;
  };

  Network<Real>& network_;
  std::vector<Run> runs_;
  std::vector<Real> m_, v_;
  std::int64_t steps_ = 0;
};

extern template class Optimizer<float>;
extern template class Optimizer<double>;

}  // namespace sca::kernels
