#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "kernels/cuda/device/runner.hpp"
#include "kernels/cuda/fiber/runner.hpp"
#include "kernels/cuda/ptx/runner.hpp"

namespace sca::kernels::cuda {

/// The calling OS thread's runner. In which order threads and blocks have their turns depends on `sizes`, a
/// number made of a call's sizes, alone: all of the orders in turn, as sizes differ.
using RunnerOf = Runner& (*)(std::uint64_t sizes);

/// On fibers.
template <std::span<const HostKernel> (*kernels)()>
Runner& fiber_runner(std::uint64_t sizes) {
  static thread_local FiberRunner runner(kernels());
  runner.set_schedule(
      {static_cast<fiber::Order>(sizes % 3), static_cast<fiber::Order>(sizes / 3 % 3), sizes});
  return runner;
}

/// Of PTX.
/// errors   Fault where the text has what the machine does not know
template <std::string_view (*text)()>
Runner& ptx_runner(std::uint64_t sizes) {
  static thread_local ptx::PtxRunner runner(text());
  ptx::Options& options = runner.options();
  options.schedule = static_cast<ptx::Schedule>(sizes % 3);
  options.preempt = sizes % 2 == 0;
  options.seed = sizes;
  return runner;
}

/// On the first GPU, whose order is its own.
/// errors   Fault where there is none
template <std::string_view (*image)()>
Runner& device_runner(std::uint64_t) {
  static thread_local DeviceRunner runner(image());
  return runner;
}

}  // namespace sca::kernels::cuda
