#include "reference/model.hpp"

namespace sca::reference {

#define SCA_INSTANTIATE(Real)                                        \
  template ModelTrace<Real> forward(const Model<Real>&, const Ids&); \
  template Tensor<Real> step(const Model<Real>&, std::span<const std::size_t>, ModelState<Real>&);
SCA_FOR_EACH_SCALAR(SCA_INSTANTIATE)

}  // namespace sca::reference
