#include "evidence/kernels/along.hpp"

#include <cmath>

namespace sca::evidence::kernels {

using reference::Ball;
using reference::Bounded;
using reference::Float;
using reference::Tensor;
using reference::Upper;

void Along::add(const Tensor<double>& direction, const Tensor<double>& got, const Tensor<double>* start,
                const Tensor<Bounded>& expected) {
  for (std::size_t i = 0; i < direction.data.size(); ++i) {
    const double step = direction.data[i];
    if (step == 0) continue;
    const double before = start == nullptr ? 0 : start->data[i];
    got_ += Float(step) * (Float(got.data[i]) - Float(before));
    if (std::isfinite(got.data[i]))
      size_ = size_ + Upper(std::abs(step)) * (Upper(std::abs(got.data[i])) + Upper(std::abs(before)));
    const Bounded& bounds = expected.data[i];
    bound_ = bound_ + Upper(std::abs(step)) * (bounds.error() + bounds.value().radius);
  }
}

void Along::judge_by(const operators::Difference& derivative, ResultJudge& judge) const {
  const auto got = static_cast<double>(got_);
  Ball value;
  value.middle = derivative.value;
  // got is rounded once, and so was every term before it, to the 34 digits of the sum. What is no number is
  // given no room by that.
  value.radius = Upper(derivative.error) + size_ * Upper(0x1p-90);
  if (std::isfinite(got)) value.radius = value.radius + Upper(std::abs(got) * 0x1p-52);
  judge.real("along a direction", {{1}, {Bounded::within(value, Upper(sides_) * bound_)}}, {{1}, {got}});
}

}  // namespace sca::evidence::kernels
