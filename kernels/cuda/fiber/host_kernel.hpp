#pragma once

#include <cstring>

namespace sca::kernels::cuda {

/// A kernel, compiled for the host.
struct HostKernel {
  const char* name;
  /// Copies its struct from there and calls the kernel, as one thread of a block.
  void (*body)(const void* argument);
};

/// The type that a kernel takes; only its type is meant.
template <class Argument>
Argument argument_of(void (*kernel)(Argument));

/// Of a kernel that takes one struct: HostKernel{"scan", host_body<scan<128>>}.
template <auto kernel>
void host_body(const void* argument) {
  decltype(argument_of(kernel)) copy;
  std::memcpy(&copy, argument, sizeof copy);
  kernel(copy);
}

}  // namespace sca::kernels::cuda
