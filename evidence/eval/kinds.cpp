#include "evidence/eval/kinds.hpp"

#include <array>

namespace sca::evidence::eval {

std::span<const Kind> kinds() {
  static constexpr std::array table{
      Kind{"summary", prepare_summary},
      Kind{"cube", prepare_cube},
      Kind{"window", prepare_window},
      Kind{"dft", prepare_dft},
      Kind{"softmax", prepare_softmax},
      Kind{"finite_M", prepare_finite_m},
      Kind{"sca_channel", prepare_sca_channel},
      Kind{"quadrature_kernel", prepare_quadrature_kernel},
      Kind{"mc_variance", prepare_mc_variance},
      Kind{"prony", prepare_prony},
      Kind{"gram", prepare_gram},
      Kind{"atom", prepare_atom},
  };
  return table;
}

}  // namespace sca::evidence::eval
