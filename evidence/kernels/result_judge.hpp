#pragma once

#include <string>
#include <string_view>

#include "evidence/kernels/number_format.hpp"
#include "evidence/kernels/property.hpp"

namespace sca::evidence::kernels {

/// Judges what a kernel computed, tensor after tensor, by the bounds of one arithmetic.
class ResultJudge {
 public:
  using Tensor = reference::Tensor<double>;
  using Exact = reference::Tensor<reference::Bounded>;

  /// `reals` and `stored`: the kernel's two formats; `kinks`: of the reference's evaluation.
  ResultJudge(const NumberFormat& reals, const NumberFormat& stored,
              const reference::FloatingPoint& arithmetic, std::size_t kinks)
      : arithmetic_{reals.name, arithmetic},
        storage_{stored.name, stored.arithmetic},
        is_narrow_(stored.dtype != reals.dtype) {
    outcome_.verdict = judge::Verdict::skipped;
    outcome_.kinks = kinks;
  }

  /// Of what is stored as reals.
  void real(std::string_view name, const Exact& expected, const Tensor& got);
  /// Of what is stored as the kernel's inputs are.
  void stored(std::string_view name, const Exact& expected, const Tensor& got);
  void require(bool holds, const std::string& what) {
    if (!holds) fail(what);
  }
  Outcome outcome() const { return outcome_; }

 private:
  void fail(const std::string& what);
  void add(std::string_view name, judge::Judgement one, const reference::Shape& shape);
  void require_infinities(std::string_view name, const Exact& expected, const Tensor& got);

  judge::Precision arithmetic_, storage_;
  bool is_narrow_;
  Outcome outcome_;
};

}  // namespace sca::evidence::kernels
