#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "reference/dialect.hpp"
#include "reference/layer_parameters.hpp"

namespace sca::evidence {

/// Steps 2 to 5 on made-up numbers: what bounds and kernels are tried on. A shape, a regime and a seed are
/// all of it, so that one line is a reproduction.
///
/// shape    config: D and ck are not used
struct CoreCase {
  reference::LayerConfig config;
  std::size_t B = 1;
  std::size_t L = 0;
  std::string dialect = "released";
  std::string regime = "uniform";
  std::uint64_t seed = 0;
};

/// The case's numbers, all exact in float32.
///
/// shape    z_act [B, L, C]; of the parameters those of Steps 2, 3 and 5
struct CoreInput {
  reference::Tensor<double> z_act;
  reference::LayerParameters<double> parameters;
};

/// Token t is a hash of (seed, t) alone: a shorter sequence keeps its tokens.
/// errors   InputError for an unknown regime
CoreInput make_input(const CoreCase& one);

/// "core released B=1 L=17 K=4 Kq=2 M=2 H=4 anchors=0 maxlen=32 regime=cancelling seed=7"; maxlen may be
/// missing.
std::string to_line(const CoreCase& one);

/// errors   InputError that names the word: a missing or unknown field, no number, sizes that cannot be
CoreCase parse_core_case(std::string_view line);

/// "released", "paper", "recursive" (the paper's with the stable form of its decay), "mixed" (clamp, floor,
/// switch, saturation and 1/sqrt(H) each there or not, as the seed has it) or "switched" (the phase an inner
/// product, the summary plain, no normaliser: at least one of them; the rest as in "mixed").
///
/// errors   InputError for another name
reference::Dialect dialect_of(const CoreCase& one);
bool is_recursive(const CoreCase& one);

}  // namespace sca::evidence
