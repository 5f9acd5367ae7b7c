#include "reference/transformer_block.hpp"

namespace sca::reference {

#define SCA_INSTANTIATE(Real)                                                           \
  template BlockTrace<Real> forward(const TransformerBlock<Real>&, const Tensor<Real>&, \
                                    const Tensor<Real>&);                               \
  template Tensor<Real> step(const TransformerBlock<Real>&, const Tensor<Real>&, BlockState<Real>&);
SCA_FOR_EACH_SCALAR(SCA_INSTANTIATE)

}  // namespace sca::reference
