#pragma once

#include <cstddef>

#include "kernels/cuda/products.hpp"
#include "kernels/cuda/runner.hpp"
#include "kernels/operators/operators.hpp"
#include "kernels/plugin.h"

namespace sca::kernels::cuda {

/// Device memory of the calls that need some for themselves.
class Scratch {
 public:
  Scratch() = default;
  virtual ~Scratch() = default;
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  /// Until the next call that asks for it.
  /// errors   Fault
  virtual void* take(std::size_t bytes) = 0;
};

/// What the operators' kernels promise.
extern const sca_arithmetic operators_arithmetic;

/// Where calls go.
struct Place {
  Launcher& launcher;
  Products& products;
  Scratch& scratch;
  sca_dtype storage = SCA_F32;  // of activations; products are of float32 alone
};

// The operators of an SCA layer by the contract of kernels/operators/operators.hpp, but with pointers to
// device memory, in the order of the calls, without waiting. errors   Fault
void run(const LinearForward<float>& call, const Place& place);
void run(const LinearByInput<float>& call, const Place& place);
void run(const LinearByParameters<float>& call, const Place& place);
void run(const GridForward<float>& call, const Place& place);
void run(const GridBackward<float>& call, const Place& place);
void run(const MixForward<float>& call, const Place& place);
void run(const MixBackward<float>& call, const Place& place);
void run(const GatedNormForward<float>& call, const Place& place);
void run(const GatedNormBackward<float>& call, const Place& place);
void run(const ReadoutForward<float>& call, const Place& place);
void run(const ReadoutBackward<float>& call, const Place& place);
void run(const NormForward<float>& call, const Place& place);
void run(const NormBackward<float>& call, const Place& place);
void run(const SwigluForward<float>& call, const Place& place);
void run(const SwigluBackward<float>& call, const Place& place);
void run(const Accumulate<float>& call, const Place& place);

/// A table of the operators that are kernels alone, each of which is Caller::call.
template <class Caller>
constexpr Operators<float> kernel_operators(const char* name) {
  Operators<float> all{};
  all.name = name;
  all.arithmetic = &operators_arithmetic;
  all.grid = Caller::call;
  all.grid_backward = Caller::call;
  all.mix = Caller::call;
  all.mix_backward = Caller::call;
  all.gated_norm = Caller::call;
  all.gated_norm_backward = Caller::call;
  all.norm = Caller::call;
  all.norm_backward = Caller::call;
  all.swiglu = Caller::call;
  all.swiglu_backward = Caller::call;
  all.accumulate = Caller::call;
  return all;
}

/// With those that are products: what an SCA layer needs.
template <class Caller>
constexpr Operators<float> layer_operators(const char* name) {
  Operators<float> all = kernel_operators<Caller>(name);
  all.linear = Caller::call;
  all.linear_by_input = Caller::call;
  all.linear_by_parameters = Caller::call;
  all.readout = Caller::call;
  all.readout_backward = Caller::call;
  return all;
}

}  // namespace sca::kernels::cuda
