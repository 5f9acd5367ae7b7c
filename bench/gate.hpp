#pragma once

#include <map>
#include <utility>

#include "bench/admission.hpp"
#include "bench/operation.hpp"
#include "evidence/kernels/oracle.hpp"
#include "kernels/network/sizes.hpp"
#include "reference/multiprecision.hpp"

namespace sca::bench {

/// A number is printed only for a kernel that passes its check.
class Gate {
 public:
  /// All of an operation's properties, on two small cases: one as wide as the calls that are timed and short,
  /// one narrow and long enough for tiles, chunks and their tails.
  Admission admit(Operation operation, const sca_core_kernel& kernel, const sca_core_shape& shape);

  /// What networks need besides: every operator, and small networks as a whole. Found once.
  Admission admit(const kernels::Implementation<float>& by);

 private:
  reference::DigitsScope digits_{34};  // those of `sca check`
  evidence::kernels::Oracle oracle_;
  std::map<std::pair<const void*, const void*>, Admission> networks_;  // by operators and core
};

}  // namespace sca::bench
