// A mutant of the plain kernel.
#include <span>

#include "kernels/cpu/core/serial/kernel.hpp"

namespace sca::kernels::serial {

std::span<const sca_core_kernel> kernels() {
  static constexpr sca_core_kernel one = kernel<SCA_MUTANT_STORED>(SCA_MUTANT_NAME);
  return {&one, 1};
}

}  // namespace sca::kernels::serial
