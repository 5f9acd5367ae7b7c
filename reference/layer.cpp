#include "reference/layer.hpp"

namespace sca::reference {

#define SCA_INSTANTIATE(Real)                                                                 \
  template Layer<Real> make_layer(const LayerConfig&, const Dialect&, LayerParameters<Real>); \
  template void core(const Layer<Real>&, LayerTrace<Real>&);                                  \
  template LayerTrace<Real> forward(const Layer<Real>&, const Tensor<Real>&);
SCA_FOR_EACH_SCALAR(SCA_INSTANTIATE)

}  // namespace sca::reference
