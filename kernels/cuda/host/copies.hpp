#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "kernels/cuda/runner.hpp"
#include "kernels/plugin.h"

namespace sca::kernels::cuda {

/// Of a number as activations are stored.
constexpr std::size_t bytes_of(sca_dtype storage) { return storage == SCA_F32 ? 4 : 2; }

/// Rows [B, L] of `row` numbers each.
struct Rows {
  std::int64_t B, L, row;
  std::size_t number;  // bytes of one
};

/// A call's tensors on a runner's memory, as long as this lives: each at an address that is aligned to 16 no
/// better than on the host.
class Copies {
 public:
  explicit Copies(Runner& runner) : runner_(runner) {}
  ~Copies();
  Copies(const Copies&) = delete;
  Copies& operator=(const Copies&) = delete;

  /// Where there are no bytes, null.
  void* input(const void* host, std::size_t bytes, std::string_view name);
  /// Rows alone: what lies between them may not be read.
  sca_const_tokens input(const sca_const_tokens& host, const Rows& rows, std::string_view name);

  /// To be brought back.
  void* result(void* host, std::size_t bytes, std::string_view name);
  /// What lies between rows comes back, too, so that the host sees who wrote there.
  sca_tokens result(const sca_tokens& host, const Rows& rows, std::string_view name);

  void* workspace(std::size_t bytes);

  /// What has changed: between one result's rows there may be another's.
  void bring_back() const;

 private:
  struct Result {
    void* host;
    const void* device;
    std::vector<std::byte> before;
  };

  std::byte* allocate(const void* host, std::size_t bytes, std::string_view name);

  Runner& runner_;
  std::vector<void*> memory_;
  std::vector<Result> results_;
};

}  // namespace sca::kernels::cuda
