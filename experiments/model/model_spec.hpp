#pragma once

#include <nlohmann/json.hpp>

#include "kernels/network/sizes.hpp"
#include "reference/dialect.hpp"
#include "reference/model_config.hpp"

namespace sca::experiments::ablation {

/// One architecture of the ablation. Fields are named as in plans and records.
struct ModelSpec {
  enum class Placement { released, first, middle };  // of the attention blocks: the last of each motif, ...
  enum class Convolution { sca, all, none };         // which blocks have one

  std::int64_t D = 32, blocks = 12;
  std::int64_t ratio = 2;  // SCA blocks for each attention block; 0: attention alone; `blocks`: SCA alone
  Placement placement = Placement::released;
  std::int64_t heads = 4;  // of attention, and its key-value heads
  std::int64_t K = 4, M = 2, H = 8;
  std::int64_t E = 0;  // readout width a head: 0 as matched to a transformer block's parameters
  std::int64_t taps = 4;
  Convolution convolution = Convolution::sca;
  double theta_max = 3;
  bool is_clamped = true;  // decay as released; else exactly relative
  reference::Dialect::Phase phase = reference::Dialect::Phase::elementwise;
  reference::Dialect::Summary summary = reference::Dialect::Summary::gradient;
  bool is_normalised = true;

  bool operator==(const ModelSpec&) const = default;
};

/// From a flat object of fields; what is missing keeps its default, H the state of 2 D numbers a layer:
/// H = 2 D / (K M). `ratio` may be "inf". Unknown fields are left to others.
/// errors   InputError: `where`, field, expectation
ModelSpec model_spec(const nlohmann::ordered_json& fields, std::string_view where);

/// Canonical: every field that changes the model, and no other (without SCA blocks M means nothing).
nlohmann::ordered_json to_json(const ModelSpec& spec);

/// domain   tokens: of the longest sequence
reference::ModelConfig config_of(const ModelSpec& spec, std::int64_t vocab, std::int64_t tokens);
reference::Dialect dialect_of(const ModelSpec& spec);

}  // namespace sca::experiments::ablation
