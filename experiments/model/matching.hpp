#pragma once

#include <cstdint>

namespace sca::experiments::ablation {

/// Parameters of a transformer block that others are matched to: 2 D^2 + 2 D n_kv hd + 3 D d_ff with n_kv = 4
/// key-value heads and d_ff = floor(8 D / 3); norms and biases left out.
/// domain   heads divides D, heads >= 4
/// source   the ablation protocol, fact 1
std::int64_t matched_parameters(std::int64_t D, std::int64_t heads);

/// Parameters of an SCA layer with readouts of width E, Kq = K and four taps; norms left out.
std::int64_t layer_parameters(std::int64_t D, std::int64_t K, std::int64_t H, std::int64_t M, std::int64_t E);

/// The readout's width with which an SCA layer comes nearest to the matched parameters; 1 at least.
std::int64_t matched_width(std::int64_t D, std::int64_t heads, std::int64_t K, std::int64_t H,
                           std::int64_t M);

}  // namespace sca::experiments::ablation
