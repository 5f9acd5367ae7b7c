#include "evidence/networks/computed.hpp"

#include "evidence/networks/layer_run.hpp"
#include "evidence/networks/model_run.hpp"
#include "evidence/networks/transformer_run.hpp"

namespace sca::evidence::networks {

using sca::kernels::Implementation;

template <class Real>
judge::Dump computed(const judge::Dump& inputs, const reference::Dialect& dialect,
                     const Implementation<Real>& by) {
  switch (inputs.kind) {
    case judge::Kind::transformer: return TransformerRun<Real>(inputs, dialect, by).run();
    case judge::Kind::model: return ModelRun<Real>(inputs, dialect, by).run();
    default: return LayerRun<Real>(inputs, dialect, by).run();
  }
}

template judge::Dump computed(const judge::Dump&, const reference::Dialect&, const Implementation<float>&);
template judge::Dump computed(const judge::Dump&, const reference::Dialect&, const Implementation<double>&);

}  // namespace sca::evidence::networks
