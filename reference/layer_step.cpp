#include "reference/layer_step.hpp"

namespace sca::reference {

#define SCA_INSTANTIATE(Real) \
  template Tensor<Real> step(const Layer<Real>&, const Tensor<Real>&, LayerState<Real>&);
SCA_FOR_EACH_SCALAR(SCA_INSTANTIATE)

}  // namespace sca::reference
