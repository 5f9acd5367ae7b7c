#pragma once

#include <string>

#include "evidence/kernels/result_judge.hpp"
#include "evidence/operators/difference.hpp"

namespace sca::evidence::kernels {

/// A gradient along a direction, summed up input after input: what the kernel's numbers come to, and what
/// their bounds do.
class Along {
 public:
  /// `kinks`: of the reference's evaluation. Where there are any, the difference may have taken one side and
  /// the kernel the other: both are within the bounds.
  explicit Along(std::size_t kinks) : sides_(kinks == 0 ? 1 : 2) {}

  /// The gradient by one input: `got` is off `start`, where the call added to it, by at most the bounds of
  /// `expected`, whose values do not matter.
  void add(const reference::Tensor<double>& direction, const reference::Tensor<double>& got,
           const reference::Tensor<double>* start, const reference::Tensor<reference::Bounded>& expected);
  /// Against the derivative.
  void judge_by(const operators::Difference& derivative, ResultJudge& judge) const;

 private:
  double sides_;
  reference::Float got_ = 0;
  reference::Upper bound_ = 0;
  reference::Upper size_ = 0;  // of the terms
};

}  // namespace sca::evidence::kernels
