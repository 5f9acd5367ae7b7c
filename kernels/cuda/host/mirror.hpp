#pragma once

#include "kernels/cuda/host/copies.hpp"
#include "kernels/cuda/operators/calls.hpp"

namespace sca::kernels::cuda {

/// Copies of a call's tensors on a runner, and the call's own memory there.
class Mirror final : public Scratch {
 public:
  /// storage  of activations and gradients by them
  Mirror(Runner& runner, sca_dtype storage) : copies_(runner), stored_bytes_(bytes_of(storage)) {}

  void* take(std::size_t bytes) override { return copies_.workspace(bytes); }

  // Point a tensor, if there is one, to its copy. A result's starts as what is there.
  void in(const float*& tensor, std::int64_t count) { tensor = input(tensor, count, sizeof(float)); }
  void out(float*& tensor, std::int64_t count) { tensor = result(tensor, count, sizeof(float)); }
  void stored_in(const float*& tensor, std::int64_t count) { tensor = input(tensor, count, stored_bytes_); }
  void stored_out(float*& tensor, std::int64_t count) { tensor = result(tensor, count, stored_bytes_); }

  void bring_back() const { copies_.bring_back(); }

 private:
  const float* input(const float* host, std::int64_t count, std::size_t bytes) {
    if (host == nullptr) return nullptr;
    return static_cast<const float*>(
        copies_.input(host, static_cast<std::size_t>(count) * bytes, "an input"));
  }
  float* result(float* host, std::int64_t count, std::size_t bytes) {
    if (host == nullptr) return nullptr;
    return static_cast<float*>(copies_.result(host, static_cast<std::size_t>(count) * bytes, "a result"));
  }

  Copies copies_;
  std::size_t stored_bytes_;
};

// Turn a call's pointers to those of its copies.
void mirror(LinearForward<float>& call, Mirror& copies);
void mirror(LinearByInput<float>& call, Mirror& copies);
void mirror(LinearByParameters<float>& call, Mirror& copies);
void mirror(GridForward<float>& call, Mirror& copies);
void mirror(GridBackward<float>& call, Mirror& copies);
void mirror(MixForward<float>& call, Mirror& copies);
void mirror(MixBackward<float>& call, Mirror& copies);
void mirror(GatedNormForward<float>& call, Mirror& copies);
void mirror(GatedNormBackward<float>& call, Mirror& copies);
void mirror(ReadoutForward<float>& call, Mirror& copies);
void mirror(ReadoutBackward<float>& call, Mirror& copies);
void mirror(NormForward<float>& call, Mirror& copies);
void mirror(NormBackward<float>& call, Mirror& copies);
void mirror(SwigluForward<float>& call, Mirror& copies);
void mirror(SwigluBackward<float>& call, Mirror& copies);
void mirror(Accumulate<float>& call, Mirror& copies);

}  // namespace sca::kernels::cuda
