#include "experiments/probe/layer_probe.hpp"

namespace sca::experiments::ablation {
namespace {

constexpr double times_chance = 5;

}  // namespace

nlohmann::ordered_json LayerProbe::record() const {
  const bool by_theorem = theorem.top1().low > times_chance * theorem.chance();
  const auto is_above_0 = [](const std::optional<Interval>& share) { return share && share->low > 0; };
  const bool is_causal = is_above_0(edits.share());
  return {{"identity",
           {{"verdict", evidence::judge::to_string(identity.verdict)},
            {"clearance", identity.clearance},
            {"vacuous", identity.vacuous}}},
          {"retrievability", retrievability.record()},
          {"theorem", theorem.record()},
          {"decoder", decoder.record()},
          {"attribution", attribution.record()},
          {"edit", edits.record()},
          {"by_theorem", by_theorem},
          {"is_causal", is_causal},
          {"is_causal_in_reach", is_above_0(edits.share_in_reach())},
          {"retains_retrieval", by_theorem && is_causal}};
}

}  // namespace sca::experiments::ablation
