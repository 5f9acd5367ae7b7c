#pragma once

#include "evidence/kernels/property.hpp"
#include "experiments/probe/attribution.hpp"
#include "experiments/probe/lag_decoder.hpp"
#include "experiments/probe/retrievability.hpp"
#include "experiments/probe/state_edit.hpp"
#include "experiments/probe/theorem_query.hpp"

namespace sca::experiments::ablation {

/// Everything that is measured of one layer.
struct LayerProbe {
  explicit LayerProbe(std::size_t vocab) : decoder(static_cast<std::int64_t>(vocab)), edits(vocab) {}

  /// Its fields of the record (probe.hpp), the verdict with them.
  nlohmann::ordered_json record() const;

  evidence::kernels::Outcome identity;
  Retrievability retrievability;
  TheoremQuery theorem;
  LagDecoder decoder;
  Attribution attribution;
  StateEdits edits;
};

}  // namespace sca::experiments::ablation
