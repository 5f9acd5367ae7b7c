#pragma once

#include <string>
#include <vector>

#include "bench/network/operation.hpp"
#include "kernels/network/sizes.hpp"

namespace sca::bench {

/// An operation of a network, and what computes it. `reads_bf16`: matrices are read as bf16, all else stays
/// float32.
struct NetworkSubject {
  NetworkOperation operation;
  kernels::Implementation<float> by;
  bool reads_bf16 = false;

  /// WHAT/PRECISION/HOW, as layer_forward/f32/avx2 or model_decode/bf16/avx2.
  std::string name() const;
};

/// Steps and decodes go at the speed at which weights are read.
constexpr bool has_bf16(NetworkOperation operation) {
  return operation == NetworkOperation::layer_step || operation == NetworkOperation::model_decode;
}

/// Of a matrix's number.
constexpr double matrix_bytes(const NetworkSubject& subject) { return subject.reads_bf16 ? 2 : 4; }

/// What this machine can run: the operators with the core kernel of the same name, the plain ones first.
std::vector<kernels::Implementation<float>> implementations();

}  // namespace sca::bench
