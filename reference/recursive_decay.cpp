#include "reference/recursive_decay.hpp"

namespace sca::reference {

#define SCA_INSTANTIATE(Real) \
  template LayerTrace<Real> forward_recursive(const Layer<Real>&, const Tensor<Real>&);
SCA_FOR_EACH_SCALAR(SCA_INSTANTIATE)

}  // namespace sca::reference
