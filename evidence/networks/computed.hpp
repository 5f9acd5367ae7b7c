#pragma once

#include "evidence/judge/dump.hpp"
#include "kernels/network/sizes.hpp"
#include "reference/dialect.hpp"

namespace sca::evidence::networks {

/// The dump's inputs and parameters, and in the place of its results those of our kernels: everything that
/// the format has a name for (docs/check-your-implementation.md), gradients where the dump has G. For a
/// judge, who sees no difference between ours and anybody's.
///
/// Of a model in float32 no gradients and steps, but the stream between blocks (i.hidden): over several
/// blocks worst cases of float32 say nothing, so that each is judged from its own input.
///
/// domain   not the core alone, not a generated layer
/// error    numbers are rounded to Real first; results are exactly what was computed
template <class Real>
judge::Dump computed(const judge::Dump& inputs, const reference::Dialect& dialect,
                     const sca::kernels::Implementation<Real>& by);

extern template judge::Dump computed(const judge::Dump&, const reference::Dialect&,
                                     const sca::kernels::Implementation<float>&);
extern template judge::Dump computed(const judge::Dump&, const reference::Dialect&,
                                     const sca::kernels::Implementation<double>&);

}  // namespace sca::evidence::networks
