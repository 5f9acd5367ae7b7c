// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_FAST_MIX_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_FAST_MIX_INL
#undef SCA_KERNELS_FAST_MIX_INL
#else
#define SCA_KERNELS_FAST_MIX_INL
#endif

#include <algorithm>
#include <cstdint>

#include "kernels/operators/fast/activation-inl.hpp"
#include "kernels/operators/fast/parts.hpp"
#include "kernels/operators/fast/scratch.hpp"
#include "kernels/operators/fast/vectors-inl.hpp"
#include "kernels/operators/operators.hpp"
#include "kernels/operators/serial/mix.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::fast::HWY_NAMESPACE {

/// Channels [first, last) of the convolution's weights, [ck, width]: as the tokens' rows lie.
inline void turn_weights(const float* conv_weight, std::int64_t ck, const Piece& channels, float* to) {
  const std::int64_t width = channels.last - channels.first;
  for (std::int64_t c = 0; c < width; ++c) {
    for (std::int64_t j = 0; j < ck; ++j) to[j * width + c] = conv_weight[(channels.first + c) * ck + j];
  }
}

/// z [C] of one token, the sources of which begin at `first`; those before token 0 are in the state or zeros.
HWY_NOINLINE void mix_row(const MixForward<float>& call, const float* weights, std::int64_t b,
                          std::int64_t t) {
  const std::int64_t C = call.C;
  const std::int64_t kept = call.ck - 1;
  const std::int64_t first = t - kept;
  const float* u = call.u + b * call.L * C;
  const float* state = call.state == nullptr ? nullptr : call.state + b * kept * C;
  for_vectors(0, C, [&](auto lanes, std::int64_t c) HWY_ATTR {
    FloatVector sum = hn::Zero(Floats());
    for (std::int64_t j = call.state == nullptr ? std::max(-first, std::int64_t{0}) : 0; j < call.ck; ++j) {
      const std::int64_t source = first + j;
      const float* row = source >= 0 ? u + source * C : state + (source + kept) * C;
      sum = hn::MulAdd(load(lanes, weights + j * C + c), load(lanes, row + c), sum);
    }
    store(lanes, silu(sum), call.z + (b * call.L + t) * C + c);
  });
}

inline void mix(const MixForward<float>& call) {
  const std::int64_t rows = call.B * call.L;
  const std::int64_t kept = call.ck - 1;
  float* weights = scratch(call.ck * call.C);
  turn_weights(call.conv_weight, call.ck, {0, call.C, call.C}, weights);
  const std::int64_t size = std::int64_t{1} + (1 << 14) / call.C;
  for_each_part({Piece::pieces(size, rows), 10 * rows * call.C / float_lanes, call.threads},
                [&](std::int64_t part) {
                  const Piece piece(part, size, rows);
                  for (std::int64_t row = piece.first; row < piece.last; ++row)
                    mix_row(call, weights, row / call.L, row % call.L);
                });
  if (call.state == nullptr || call.L == 0) return;
  for (std::int64_t b = 0; b < call.B; ++b)
    serial::advance(call.L, call.C, kept, call.u + b * call.L * call.C, call.state + b * kept * call.C);
}

/// Some channels of one sequence, backward: weights and by_weights [ck, width].
struct MixChannels {
  const MixBackward<float>& call;
  std::int64_t b, channel, width;
  const float* weights;
  float* by_weights;

  std::int64_t at(std::int64_t t) const { return (b * call.L + t) * call.C + channel; }
};

/// The gradient by token t's convolution, where that by u_t will be, and its part of the weights' gradients.
HWY_NOINLINE void mix_row_backward(const MixChannels& of, std::int64_t t) {
  const MixBackward<float>& call = of.call;
  const std::int64_t first = t - (call.ck - 1);
  const std::int64_t least = std::max(-first, std::int64_t{0});
  for_vectors(0, of.width, [&](auto lanes, std::int64_t c) HWY_ATTR {
    FloatVector sum = hn::Zero(Floats());
    for (std::int64_t j = least; j < call.ck; ++j)
      sum = hn::MulAdd(load(lanes, of.weights + j * of.width + c), load(lanes, call.u + of.at(first + j) + c),
                       sum);
    const FloatVector by_sum = hn::Mul(load(lanes, call.z_gradient + of.at(t) + c), silu_gate(sum).slope);
    store(lanes, by_sum, call.u_gradient + of.at(t) + c);
    for (std::int64_t j = least; j < call.ck; ++j) {
      float* by_weight = of.by_weights + j * of.width + c;
      store(lanes, hn::MulAdd(by_sum, load(lanes, call.u + of.at(first + j) + c), load(lanes, by_weight)),
            by_weight);
    }
  });
}

/// The gradient by u_t, of the convolutions' gradients at t and the tokens after it.
HWY_NOINLINE void mix_sources_backward(const MixChannels& of, std::int64_t t) {
  const MixBackward<float>& call = of.call;
  const std::int64_t later = std::min(call.ck, call.L - t);
  for_vectors(0, of.width, [&](auto lanes, std::int64_t c) HWY_ATTR {
    FloatVector sum = hn::Zero(Floats());
    for (std::int64_t i = 0; i < later; ++i) {
      const float* weight = of.weights + (call.ck - 1 - i) * of.width;
      sum = hn::MulAdd(load(lanes, weight + c), load(lanes, call.u_gradient + of.at(t + i) + c), sum);
    }
    store(lanes, sum, call.u_gradient + of.at(t) + c);
  });
}

inline void mix_channels_backward(const MixBackward<float>& call, const Piece& channels) {
  const std::int64_t width = channels.last - channels.first;
  const std::int64_t ck = call.ck;
  float* weights = scratch(2 * ck * width);
  float* by_weights = weights + ck * width;
  turn_weights(call.conv_weight, ck, channels, weights);
  std::fill_n(by_weights, ck * width, 0.0F);
  for (std::int64_t b = 0; b < call.B; ++b) {
    const MixChannels of{call, b, channels.first, width, weights, by_weights};
    for (std::int64_t t = 0; t < call.L + ck - 1; ++t) {
      if (t < call.L) mix_row_backward(of, t);
      if (t >= ck - 1) mix_sources_backward(of, t - (ck - 1));
    }
  }
  for (std::int64_t c = 0; c < width; ++c) {
    for (std::int64_t j = 0; j < ck; ++j)
      call.conv_gradient[(channels.first + c) * ck + j] += by_weights[j * width + c];
  }
}

inline void mix_backward(const MixBackward<float>& call) {
  constexpr std::int64_t size = 256;
  const std::int64_t work = 20 * call.B * call.L * call.C / float_lanes;
  for_each_part({Piece::pieces(size, call.C), work, call.threads},
                [&](std::int64_t part) { mix_channels_backward(call, Piece(part, size, call.C)); });
}

}  // namespace sca::kernels::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
