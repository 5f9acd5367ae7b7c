#include "evidence/judge/recompute_all.hpp"

namespace sca::evidence::judge {

template Tensors<double> recompute(const Dump&, const reference::Dialect&, Stages);

}  // namespace sca::evidence::judge
