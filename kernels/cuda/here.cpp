#include "kernels/cuda/here.hpp"

#include "kernels/cuda/core/backward.hpp"
#include "kernels/cuda/core/forward.hpp"
#include "kernels/cuda/host/core.hpp"

namespace sca::kernels::cuda {
namespace {

thread_local const Place* current = nullptr;

const Place& place_here() {
  if (current == nullptr) throw Fault("a call to where nothing is: there is no Here on this thread");
  return *current;
}

struct Caller {
  template <class Call>
  static void call(const Call& made) {
    run(made, place_here());
  }
};

std::size_t workspace(sca_operation operation, const sca_core_shape* shape, std::int32_t) {
  return operation == SCA_BACKWARD ? backward_workspace(*shape) : forward_workspace(*shape);
}
int core_forward_here(const sca_core_forward* call) { return forward(*call, SCA_F32, place_here().launcher); }
int core_backward_here(const sca_core_backward* call) {
  return backward(*call, SCA_F32, place_here().launcher);
}

constexpr sca_core_kernel core{"f32/cuda/here",   SCA_F32,           &core_arithmetic,  workspace,
                               core_forward_here, core_forward_here, core_backward_here};

constexpr Operators<float> operators_here = layer_operators<Caller>(core.name);

}  // namespace

Here::Here(const Place& place) : before_(current) { current = &place; }
Here::~Here() { current = before_; }

Implementation<float> implementation_here() { return {&operators_here, &core, 1}; }

}  // namespace sca::kernels::cuda
