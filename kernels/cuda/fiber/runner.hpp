#pragma once

#include <span>
#include <thread>

#include "kernels/cuda/fiber/block.hpp"
#include "kernels/cuda/fiber/global_memory.hpp"
#include "kernels/cuda/fiber/host_kernel.hpp"
#include "kernels/cuda/runner.hpp"

namespace sca::kernels::cuda {

/// Runs kernels on the calling OS thread: every thread of a block is a fiber, and one block comes after
/// another. Several runners may run at once, each on its own thread.
///
/// errors   Fault, from launch(), for a launch that no device takes; threads at different barriers, or one
/// that waits for
///          what has exited; a collective of a warp that not all of its mask reach; an index out of a
///          SharedArray; an assumption that does not hold; bytes written next to an allocation or to shared
///          memory. Memory may hold anything after that. From the others, for memory that is not the
///          runner's.
class FiberRunner final : public Runner {
 public:
  explicit FiberRunner(std::span<const HostKernel> kernels, fiber::Schedule schedule = {});
  ~FiberRunner() override;

  void* allocate(std::size_t bytes, std::string_view name) override;
  void release(void* memory) override;
  void upload(void* to, const void* from, std::size_t bytes) override;
  void download(void* to, const void* from, std::size_t bytes) const override;
  void launch(const Launch& launch) override;

  /// For launches from now on.
  void set_schedule(const fiber::Schedule& schedule) { schedule_ = schedule; }
  /// Of all launches.
  const fiber::Statistics& statistics() const { return statistics_; }

 private:
  const HostKernel& find(const Launch& launch) const;
  void run(const Launch& launch, const fiber::Work& work, fiber::Failure& failure);

  std::span<const HostKernel> kernels_;
  fiber::Schedule schedule_;
  fiber::GlobalMemory memory_;
  fiber::SharedMemory shared_;
  fiber::Stacks stacks_;
  fiber::Ordering ordering_;
  fiber::Statistics statistics_;
  std::thread::id thread_;
};

}  // namespace sca::kernels::cuda
