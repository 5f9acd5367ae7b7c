#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>
#include <memory>
#include <vector>

#include "evidence/hash.hpp"
#include "kernels/cpu/core/storage.hpp"

namespace sca::kernels::test {

/// A call of forward and one of backward with all that they point to; ordinary numbers, the released rules.
template <class Stored>
class OwnedCall {
 public:
  using Real = RealOf<Stored>;

  OwnedCall(const sca_core_shape& shape, std::uint64_t seed) : shape_(shape), seed_(seed) {
    in_.shape = shape;
    in_.rules = {1e-4, 5000, 20, 1e-4, shape.L, 1, 1, 0, 1, 0, 0, 0};
    in_.parameters = {parameter(shape.K * width(), 1.5),
                      parameter(shape.K * width(), 1),
                      parameter(shape.K, 1, 1.01),
                      parameter(shape.K, 1),
                      parameter(shape.K, 1),
                      parameter(shape.K, 1)};
    in_.key = tokens(shape.K * shape.H);
    in_.score = tokens(shape.K);
    in_.query = tokens(shape.Kq * width() * 2);
    upstream_ = tokens(shape.K * 2 * shape.H);
  }

  /// Everything that forward writes; empty where the kernel refuses.
  std::vector<std::byte> forward(const sca_core_kernel& kernel, int threads) {
    results_.clear();
    sca_core_state state{0, result_reals(shape_.B * shape_.K), result_reals(shape_.B * shape_.K * width()),
                         result_reals(shape_.B * shape_.K * width())};
    const sca_core_forward call{in_, result_tokens(shape_.K * 2 * shape_.H), &state,
                                workspace(kernel, SCA_FORWARD, threads), threads};
    return kernel.forward(&call) == 0 ? joined() : std::vector<std::byte>{};
  }
  /// Everything that backward writes.
  std::vector<std::byte> backward(const sca_core_kernel& kernel, int threads) {
    results_.clear();
    const sca_core_backward call{in_,
                                 upstream_,
                                 result_tokens(shape_.K * shape_.H),
                                 result_tokens(shape_.K),
                                 result_tokens(shape_.Kq * width() * 2),
                                 result_reals(shape_.K * width()),
                                 result_reals(shape_.K * width()),
                                 result_reals(shape_.K),
                                 result_reals(shape_.K),
                                 result_reals(shape_.K),
                                 result_reals(shape_.K),
                                 workspace(kernel, SCA_BACKWARD, threads),
                                 threads};
    return kernel.backward(&call) == 0 ? joined() : std::vector<std::byte>{};
  }

 private:
  std::int64_t width() const { return shape_.H * shape_.M; }

  double number() { return evidence::signed_unit(seed_, 1, next_++); }
  Real* parameter(std::int64_t count, double scale, double offset = 0) {
    auto& reals = parameters_.emplace_back(std::make_unique<Real[]>(static_cast<std::size_t>(count)));
    for (std::int64_t i = 0; i < count; ++i)
      reals[static_cast<std::size_t>(i)] = static_cast<Real>(offset + scale * number());
    return reals.get();
  }
  sca_const_tokens tokens(std::int64_t row) {
    const std::int64_t count = shape_.B * shape_.L * row;
    auto& stored = inputs_.emplace_back(std::make_unique<Stored[]>(static_cast<std::size_t>(count)));
    for (std::int64_t i = 0; i < count; ++i)
      stored[static_cast<std::size_t>(i)] = store<Stored>(static_cast<Real>(2 * number()));
    return {stored.get(), shape_.L * row, row};
  }

  void* zeros(std::size_t bytes) {
    return results_.emplace_back(std::vector<std::byte>(bytes, std::byte{0})).data();
  }
  void* result_reals(std::int64_t count) { return zeros(static_cast<std::size_t>(count) * sizeof(Real)); }
  sca_tokens result_tokens(std::int64_t row) {
    return {zeros(static_cast<std::size_t>(shape_.B * shape_.L * row) * sizeof(Stored)), shape_.L * row, row};
  }
  std::vector<std::byte> joined() const {
    std::vector<std::byte> all;
    for (const auto& one : results_) all.insert(all.end(), one.begin(), one.end());
    return all;
  }
  void* workspace(const sca_core_kernel& kernel, sca_operation operation, int threads) {
    workspace_.resize(kernel.workspace_bytes(operation, &shape_, threads) / sizeof(Line) + 1);
    return workspace_.data();
  }

  struct alignas(64) Line {
    std::byte bytes[64];
  };

  sca_core_shape shape_;
  std::uint64_t seed_;
  std::uint64_t next_ = 0;
  sca_core_inputs in_{};
  sca_const_tokens upstream_{};
  std::vector<std::unique_ptr<Real[]>> parameters_;
  std::vector<std::unique_ptr<Stored[]>> inputs_;
  std::vector<std::vector<std::byte>> results_;
  std::vector<Line> workspace_;
};

}  // namespace sca::kernels::test
