#pragma once

#include <algorithm>
#include <cmath>

#include "tests/reference/random_layer.hpp"

namespace sca::reference::test {

/// ||a - b|| / ||a||, Euclidean.
inline double relative_distance(const Tensor<double>& a, const Tensor<double>& b) {
  double difference = 0;
  double size = 0;
  for (std::size_t i = 0; i < a.data.size(); ++i) {
    difference += square(a.data[i] - b.data[i]);
    size += square(a.data[i]);
  }
  return std::sqrt(difference / size);
}

/// From the slowest head's lambda to the fastest's, geometric.
struct Slopes {
  double slowest;
  double fastest;
};
constexpr Slopes initial{0.001, 0.1};  // as the released code starts

/// A layer of 8 heads and 16 channels with hashed parameters but for the slopes.
template <class Real>
Layer<Real> sloped_layer(const Dialect& dialect, std::optional<std::size_t> maxlen, Slopes slopes = initial,
                         std::uint64_t seed = 5) {
  const LayerConfig c{
      .D = 16, .K = 8, .Kq = 8, .M = 2, .H = 2, .ck = 4, .anchors = 0, .E = 6, .maxlen = maxlen};
  auto parameters = read_layer_parameters<Real>(c, hashed_source<Real>(seed));
  for (std::size_t k = 0; k < c.K; ++k) {
    const double rate = slopes.slowest * std::pow(slopes.fastest / slopes.slowest,
                                                  static_cast<double>(k) / static_cast<double>(c.K - 1));
    parameters.decay_slopes.data[k] = Real(std::log(std::expm1(rate)));
  }
  return make_layer(c, dialect, std::move(parameters));
}

}  // namespace sca::reference::test
