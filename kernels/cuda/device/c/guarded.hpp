#pragma once

#include <exception>
#include <string>

namespace sca::kernels::cuda {

/// Of the calling thread's last failure; empty if there was none.
std::string& last_error();

/// What the work returns, or -1 where it throws, which the last error then tells.
template <class Work>
int guarded(Work work) {
  try {
    last_error().clear();
    return work();
  } catch (const std::exception& error) {
    last_error() = error.what();
    return -1;
  }
}

}  // namespace sca::kernels::cuda
