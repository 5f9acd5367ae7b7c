#pragma once

#include <string>
#include <vector>

#include "reference/model_config.hpp"

namespace sca::reference {

/// What one part of a model costs, for one of its copies.
struct Component {
  std::string name;  // the block's kind, a slash, the part
  std::size_t copies = 1;
  std::size_t parameters = 0;
  std::size_t state = 0;  // numbers carried from token to token, batch of one
  std::size_t flops = 0;  // to decode one token
};

/// The model's parts, in the order in which a token meets them.
///
/// One multiplication, addition, division, negation, absolute value, exponential, logarithm, sine, cosine or
/// square root counts as one FLOP, so a product of an m x n matrix with a vector as 2 m n. What depends on
/// parameters alone (theta, omega, slopes, rotary tables) is computed once and not counted.
///
/// domain   a token that attends `context` tokens, itself included; the cache holds as many
std::vector<Component> components(const ModelConfig& config, std::size_t context);

struct Totals {
  std::size_t parameters = 0;
  std::size_t state = 0;
  std::size_t flops = 0;
};
Totals totals(const std::vector<Component>& components);

}  // namespace sca::reference
