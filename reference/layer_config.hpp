#pragma once

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>

namespace sca::reference {

/// The sizes of an SCA layer, named as in the paper. B and L belong to an input, whose shape [B, L, D] has
/// them.
struct LayerConfig {
  std::size_t D = 0;        // model dimension
  std::size_t K = 1;        // memory heads
  std::size_t Kq = 1;       // query heads (the paper's K'); memory head k reads query head k / (K / Kq)
  std::size_t M = 1;        // spectral samples a channel
  std::size_t H = 1;        // channels a head
  std::size_t ck = 1;       // taps of the causal depthwise convolution
  std::size_t anchors = 0;  // the last `anchors` heads decay from the start instead of from the end
  std::size_t E = 0;        // width of a head's readout
  std::optional<std::size_t> maxlen = std::nullopt;

  std::size_t n() const { return K / Kq; }
  std::size_t decays() const { return K - anchors; }
  std::size_t KH() const { return K * H; }
  std::size_t KHM() const { return K * H * M; }
  std::size_t queries() const { return 2 * Kq * H * M; }
  std::size_t C() const { return KH() + K + queries(); }  // channels of the projection: k, s, q

  /// H = max(1, floor(D * expand) / (K M)).
  static std::size_t head_dimension(std::size_t D, double expand, std::size_t K, std::size_t M) {
    const std::size_t H = static_cast<std::size_t>(static_cast<double>(D) * expand) / (K * M);
    return H == 0 ? 1 : H;
  }
};

/// Throws std::invalid_argument that names the first field which cannot be.
inline void validate(const LayerConfig& c) {
  const auto require = [](bool holds, const char* what) {
    if (!holds) throw std::invalid_argument(std::string("SCA layer: ") + what);
  };
  require(c.D > 0, "D must be positive");
  require(c.K > 0 && c.Kq > 0 && c.K % c.Kq == 0, "Kq must divide K, both positive");
  require(c.M > 0 && c.H > 0, "M and H must be positive");
  require(c.ck > 0, "ck must be positive");
  require(c.anchors <= c.K, "anchors must not exceed K");
  require(c.E > 0, "E must be positive");
  require(!c.maxlen || *c.maxlen > 0, "maxlen must be positive");
}

}  // namespace sca::reference
