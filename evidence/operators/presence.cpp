#include "evidence/operators/presence.hpp"

#include <algorithm>
#include <iterator>

namespace sca::evidence::operators {
namespace {

struct Presence {
  std::string_view name;
  bool forward, backward;
};

template <class Real>
Presence presence(const sca::kernels::Operators<Real>& t, std::string_view name) {
  const Presence all[]{{"linear", t.linear != nullptr, t.linear_by_input && t.linear_by_parameters},
                       {"grid", t.grid != nullptr, t.grid_backward != nullptr},
                       {"mix", t.mix != nullptr, t.mix_backward != nullptr},
                       {"gated_norm", t.gated_norm != nullptr, t.gated_norm_backward != nullptr},
                       {"readout", t.readout != nullptr, t.readout_backward != nullptr},
                       {"norm", t.norm != nullptr, t.norm_backward != nullptr},
                       {"position", t.position != nullptr, t.position_backward != nullptr},
                       {"attention", t.attention != nullptr, t.attention && t.attention_backward},
                       {"swiglu", t.swiglu != nullptr, t.swiglu_backward != nullptr},
                       {"embedding", t.embedding != nullptr, t.embedding_backward != nullptr},
                       {"cross_entropy", t.cross_entropy != nullptr, t.cross_entropy != nullptr},
                       {"adamw", t.adamw != nullptr, false},
                       {"accumulate", t.accumulate != nullptr, false},
                       {"squared_norm", t.squared_norm != nullptr, false},
                       {"linear_bf16", t.linear_bf16 != nullptr, false},
                       {"readout_bf16", t.readout_bf16 != nullptr, false},
                       {"embedding_bf16", t.embedding_bf16 != nullptr, false}};
  const auto* const found = std::ranges::find(all, name, &Presence::name);
  return found == std::end(all) ? Presence{name, false, false} : *found;
}

}  // namespace

template <class Real>
bool is_there(const sca::kernels::Operators<Real>& table, std::string_view name, bool backward) {
  const Presence found = presence(table, name);
  return backward ? found.backward : found.forward;
}

template bool is_there(const sca::kernels::Operators<float>&, std::string_view, bool);
template bool is_there(const sca::kernels::Operators<double>&, std::string_view, bool);

}  // namespace sca::evidence::operators
