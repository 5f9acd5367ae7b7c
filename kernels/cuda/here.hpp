#pragma once

#include "kernels/cuda/operators/calls.hpp"
#include "kernels/network/implementation.hpp"

namespace sca::kernels::cuda {

/// The calling thread's calls go to a place, as long as this lives; then to where they went before.
class Here {
 public:
  explicit Here(const Place& place);
  ~Here();
  Here(const Here&) = delete;
  Here& operator=(const Here&) = delete;

 private:
  const Place* before_;
};

/// What an SCA layer (kernels/network/layer.hpp) is computed by where the calling thread is: in float32, all
/// pointers to device memory but a state's own struct, without waiting.
/// errors   its calls: Fault where there is no place
Implementation<float> implementation_here();

}  // namespace sca::kernels::cuda
