#include "bench/call.hpp"

#include <algorithm>

namespace sca::bench {

Call::Call(const Subject& subject, const sca_core_shape& shape, int threads)
    : subject_(subject), threads_(threads), workspace_(workspace_bytes(subject, shape, threads)) {}

int Call::operator()(Problem& problem) {
  const auto forward = [&](auto function) {
    const sca_core_forward call = problem.forward(workspace_.data(), threads_);
    return function(&call);
  };
  const auto backward = [&] {
    const sca_core_backward call = problem.backward(workspace_.data(), threads_);
    return subject_.kernel->backward(&call);
  };
  switch (subject_.operation) {
    case Operation::forward: return forward(subject_.kernel->forward);
    case Operation::step: return forward(subject_.kernel->step);
    case Operation::backward: return backward();
    case Operation::training: {
      const int refusal = forward(subject_.kernel->forward);
      return refusal != 0 ? refusal : backward();
    }
  }
  return 0;
}

std::size_t Call::workspace_bytes(const Subject& subject, const sca_core_shape& shape, int threads) {
  if (subject.kernel->workspace_bytes == nullptr) return 0;
  const auto bytes = [&](sca_operation operation) {
    return subject.kernel->workspace_bytes(operation, &shape, threads);
  };
  switch (subject.operation) {
    case Operation::forward: return bytes(SCA_FORWARD);
    case Operation::step: return bytes(SCA_STEP);
    case Operation::backward: return bytes(SCA_BACKWARD);
    case Operation::training: return std::max(bytes(SCA_FORWARD), bytes(SCA_BACKWARD));
  }
  return 0;
}

}  // namespace sca::bench
