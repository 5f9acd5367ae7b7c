#pragma once

#include <rapidcheck.h>

#include <cstdint>

#include "reference/layer_step.hpp"

namespace sca::reference::test {

/// splitmix64 of (seed, stream, i) as a multiple of 2^-20 in [-1, 1): exact in every scalar but float32's
/// products.
inline double hashed(std::uint64_t seed, std::uint64_t stream, std::uint64_t i) {
  std::uint64_t z = seed * 0x9E3779B97F4A7C15U + stream * 0xD1B54A32D192ED03U + i + 0x9E3779B97F4A7C15U;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
  z ^= z >> 31U;
  return static_cast<double>(static_cast<std::int64_t>(z >> 43U) - (1 << 20)) * 0x1p-20;
}

/// A tensor of 2^-20 multiples in offset + scale [-1, 1).
template <class Real>
Tensor<Real> hashed_tensor(std::uint64_t seed, std::uint64_t stream, const Shape& shape, double scale = 1,
                           double offset = 0) {
  Tensor<Real> result{shape, {}};
  for (std::size_t i = 0; i < volume(shape); ++i)
    result.data.push_back(Real(offset + scale * hashed(seed, stream, i)));
  return result;
}

/// x [B, L, D] whose row b, t is a hash of (seed, b, t) alone: a shorter sequence keeps its tokens.
template <class Real>
Tensor<Real> hashed_tokens(std::uint64_t seed, std::size_t B, std::size_t L, std::size_t D) {
  Tensor<Real> x{{B, L, D}, {}};
  for (std::size_t i = 0; i < B * L; ++i) {
    for (std::size_t d = 0; d < D; ++d)
      x.data.push_back(Real(2 * hashed(seed, 1000 + i / L * 1000 + i % L, d)));
  }
  return x;
}

/// Parameters as a hash of the seed; slopes are mostly negative, so that decay is slow.
template <class Real>
auto hashed_source(std::uint64_t seed) {
  return [seed](const std::string& name, const Shape& shape) {
    std::uint64_t stream = 7;
    for (const char c : name) stream = stream * 131 + static_cast<unsigned char>(c);
    const bool slope = name.ends_with("slopes");
    return hashed_tensor<Real>(seed, stream, shape, slope ? 2 : 1.5, slope ? -1.5 : 0.25);
  };
}

template <class Real>
Layer<Real> hashed_layer(const LayerConfig& c, const Dialect& dialect, std::uint64_t seed) {
  return make_layer(c, dialect, read_layer_parameters<Real>(c, hashed_source<Real>(seed)));
}

/// What a property is tried on.
struct Instance {
  LayerConfig config;
  Dialect dialect;
  std::uint64_t seed;
  std::size_t B;
  std::size_t L;

  template <class Real>
  Layer<Real> layer() const {
    return hashed_layer<Real>(config, dialect, seed);
  }
  template <class Real>
  Tensor<Real> x() const {
    return hashed_tokens<Real>(seed, B, L, config.D);
  }
  /// Mixed tokens [B, L, C], for properties of the operator alone.
  template <class Real>
  Tensor<Real> z() const {
    return hashed_tokens<Real>(seed + 1, B, L, config.C());
  }
};

/// L of `shortest` … 6; maxlen >= L. A failing instance is printed, so that it can be made again.
inline Instance any_instance(const Dialect& dialect, std::size_t shortest = 1) {
  const auto pick = [](std::size_t from, std::size_t to) { return *rc::gen::inRange(from, to + 1); };
  Instance one{{}, dialect, pick(0, 1U << 20U), pick(1, 2), pick(shortest, 6)};
  LayerConfig& c = one.config;
  c.D = pick(1, 4);
  c.Kq = pick(1, 2);
  c.K = c.Kq * pick(1, 2);
  c.M = pick(1, 3);
  c.H = pick(1, 3);
  c.ck = pick(1, 4);
  c.anchors = pick(0, c.K);
  c.E = pick(1, 6);
  c.maxlen = one.L + pick(shortest == 0 ? 1 : 0, 3);
  RC_LOG() << dialect.name << " seed " << one.seed << " B " << one.B << " L " << one.L << " D " << c.D
           << " K " << c.K << " Kq " << c.Kq << " M " << c.M << " H " << c.H << " ck " << c.ck << " anchors "
           << c.anchors << " maxlen " << *c.maxlen;
  return one;
}

}  // namespace sca::reference::test
