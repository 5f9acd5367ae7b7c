#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kernels/cuda/ptx/counts.hpp"
#include "kernels/cuda/ptx/options.hpp"
#include "kernels/cuda/runner.hpp"

namespace sca::kernels::cuda::ptx {

/// Executes PTX on the host, instruction by instruction, and watches what it does to memory. What it covers
/// is in COVERAGE.md; everything else is refused when the text is loaded.
/// threads  one at a time; several machines run side by side
class PtxRunner final : public Runner {
 public:
  /// errors   Fault that names what in the text is unknown
  explicit PtxRunner(std::string_view ptx, const Options& options = {});
  ~PtxRunner() override;

  void* allocate(std::size_t bytes, std::string_view name) override;
  void release(void* memory) override;
  void upload(void* to, const void* from, std::size_t bytes) override;
  /// What nobody has written is 0xff.
  void download(void* to, const void* from, std::size_t bytes) const override;
  /// A kernel of several parameters has them in one struct. What it did before a Fault stays done.
  /// errors   Fault: the first thing that goes wrong, with kernel, block, thread and instruction
  void launch(const Launch& launch) override;

  /// May be changed between launches.
  Options& options();
  /// Of all launches since the last clear_counts.
  const Counts& counts() const;
  std::vector<RequestCount> requests() const;
  SectorTotals touched() const;
  void clear_counts();
  /// In the order of the text.
  std::vector<std::string> kernels() const;

 private:
  class Machine;
  std::unique_ptr<Machine> machine_;
};

}  // namespace sca::kernels::cuda::ptx
