#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "kernels/cuda/ptx/runner.hpp"
#include "kernels/cuda/runner.hpp"

namespace sca::evidence::cuda {

/// What warps asked global memory for. Sectors are of 32 bytes.
struct Requests {
  std::uint64_t count = 0;
  std::uint64_t sectors = 0;  // no caches: what two requests touch counts twice
  std::uint64_t touched = 0;  // each once a launch: a cache that holds all would leave so many
  std::uint64_t bytes = 0;    // added up over lanes
};

inline constexpr std::uint64_t sector_bytes = 32;

/// What all launches of one kernel did in the PTX machine.
struct Metered {
  std::string kernel;
  unsigned threads = 0;          // of a block: of the last launch
  std::size_t shared_bytes = 0;  // of a block, dynamic: the largest
  std::uint64_t launches = 0, blocks = 0;
  std::uint64_t instructions = 0;  // of all threads, with those that their guard skips
  std::uint64_t local_accesses = 0;
  Requests loads, stores;  // atomics are stores

  std::uint64_t requests() const { return loads.count + stores.count; }
  std::uint64_t sectors() const { return loads.sectors + stores.sectors; }
  std::uint64_t touched() const { return loads.touched + stores.touched; }
};

/// Executes PTX and keeps the books by kernel.
class Meter final : public sca::kernels::cuda::Runner {
 public:
  /// errors   Fault, as the machine
  explicit Meter(std::string_view ptx);

  void* allocate(std::size_t bytes, std::string_view name) override;
  void release(void* memory) override;
  void upload(void* to, const void* from, std::size_t bytes) override;
  void download(void* to, const void* from, std::size_t bytes) const override;
  void launch(const sca::kernels::cuda::Launch& launch) override;

  /// Since the last clear(), in the order of the first launches.
  const std::vector<Metered>& kernels() const { return kernels_; }
  void clear() { kernels_.clear(); }

 private:
  Metered& of(const char* kernel);

  sca::kernels::cuda::ptx::PtxRunner machine_;
  std::vector<Metered> kernels_;
};

}  // namespace sca::evidence::cuda
