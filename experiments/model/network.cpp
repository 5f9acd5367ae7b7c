#include "experiments/model/network.hpp"

#include <string_view>

#include "evidence/networks/sizes.hpp"
#include "kernels/registry.hpp"

namespace sca::experiments::ablation {

NetworkPlan network_plan(const ModelSpec& spec, std::int64_t vocab, std::int64_t tokens) {
  NetworkPlan plan{evidence::networks::sizes_of(config_of(spec, vocab, tokens)),
                   evidence::networks::rules_of(dialect_of(spec)),
                   {kernels::f32_operators().back(), nullptr, 1}};
  for (const sca_core_kernel* core : kernels::core_kernels()) {  // the plain ones first
    if (core->dtype != SCA_F32) continue;
    const kernels::Implementation<float> by{plan.by.operators, core, 1};
    const kernels::Layer<float> layer{plan.sizes.layer, plan.rules, {}, by};
    if (layer.has_a_core_for_its_rules()) plan.by = by;
  }
  return plan;
}

}  // namespace sca::experiments::ablation
