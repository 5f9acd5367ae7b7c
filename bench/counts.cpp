#include "bench/counts.hpp"

namespace sca::bench {
namespace {

struct Volumes {
  explicit Volumes(const sca_core_shape& shape)
      : K(static_cast<double>(shape.K)),
        KH(K * static_cast<double>(shape.H)),
        KHM(KH * static_cast<double>(shape.M)),
        inputs(KH + K + 2 * KHM * static_cast<double>(shape.Kq) / K),
        outputs(2 * KH),
        parameters(2 * KHM + 4 * K),
        state(2 * KHM + K) {}

  double K, KH, KHM;
  double inputs, outputs;  // a token's
  double parameters, state;
};

Counts operator+(const Counts& a, const Counts& b) {
  return {a.elements + b.elements, a.reals + b.reals, a.flops + b.flops, a.sincos + b.sincos};
}

Counts forward(const Volumes& n) { return {n.inputs + n.outputs, 0, 8 * n.K + 6 * n.KH + 15 * n.KHM, n.KHM}; }

Counts backward(const Volumes& n) {
  return {2 * n.inputs + n.outputs, 0, 30 * n.K + 17 * n.KH + 40 * n.KHM, n.KHM};
}

/// Of reals, once a call.
double parameters(Operation operation, const Volumes& n, double B) {
  switch (operation) {
    case Operation::forward: return n.parameters;
    case Operation::step: return n.parameters + 2 * B * n.state;
    case Operation::backward: return 2 * n.parameters;
    case Operation::training: return 3 * n.parameters;
  }
  return 0;
}

}  // namespace

Counts per_token(Operation operation, const sca_core_shape& shape) {
  const Volumes n(shape);
  switch (operation) {
    case Operation::forward:
    case Operation::step: return forward(n);
    case Operation::backward: return backward(n);
    case Operation::training: return forward(n) + backward(n);
  }
  return {};
}

Counts per_call(Operation operation, const sca_core_shape& shape) {
  const auto tokens = static_cast<double>(shape.B * shape.L);
  Counts counts = per_token(operation, shape);
  counts.elements *= tokens;
  counts.flops *= tokens;
  counts.sincos *= tokens;
  counts.reals = parameters(operation, Volumes(shape), static_cast<double>(shape.B));
  return counts;
}

Work work(const Counts& counts, sca_dtype dtype) {
  return {counts.elements * static_cast<double>(element_bytes(dtype)) +
              counts.reals * static_cast<double>(real_bytes(dtype)),
          counts.flops, counts.sincos};
}

std::size_t element_bytes(sca_dtype dtype) {
  switch (dtype) {
    case SCA_F64: return 8;
    case SCA_F32: return 4;
    case SCA_BF16:
    case SCA_F16: return 2;
  }
  return 0;
}

std::size_t real_bytes(sca_dtype dtype) { return dtype == SCA_F64 ? 8 : 4; }

}  // namespace sca::bench
