#pragma once

#include "bench/problem.hpp"
#include "bench/selection.hpp"

namespace sca::bench {

/// A kernel's operation, ready to be called: with a workspace that it keeps.
class Call {
 public:
  Call(const Subject& subject, const sca_core_shape& shape, int threads);

  /// 0, or what the kernel refused with.
  int operator()(Problem& problem);

  /// What a call of this kind takes beside its tensors.
  static std::size_t workspace_bytes(const Subject& subject, const sca_core_shape& shape, int threads);

 private:
  Subject subject_;
  int threads_;
  Block workspace_;
};

}  // namespace sca::bench
