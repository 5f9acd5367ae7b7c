// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_FAST_SQUARED_NORM_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_FAST_SQUARED_NORM_INL
#undef SCA_KERNELS_FAST_SQUARED_NORM_INL
#else
#define SCA_KERNELS_FAST_SQUARED_NORM_INL
#endif

#include <algorithm>
#include <array>

#include "kernels/operators/fast/parts.hpp"
#include "kernels/operators/fast/vectors-inl.hpp"
#include "kernels/operators/operators.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::fast::HWY_NAMESPACE {

/// sum x^2 of [first, last), in four sums a lane.
inline double squared_norm_of(const float* first, const float* last) {
  const hn::ScalableTag<double> d;
  const hn::Rebind<float, decltype(d)> narrow;
  constexpr std::ptrdiff_t lanes = hn::MaxLanes(d);
  std::array<hn::Vec<decltype(d)>, 4> sums;
  sums.fill(hn::Zero(d));
  for (; last - first >= 4 * lanes; first += 4 * lanes) {
    HWY_UNROLL(4)
    for (std::size_t i = 0; i < 4; ++i) {
      const auto x = hn::PromoteTo(d, hn::LoadU(narrow, first + static_cast<std::ptrdiff_t>(i) * lanes));
      sums[i] = hn::MulAdd(x, x, sums[i]);
    }
  }
  double rest = 0;
  for (; first != last; ++first) rest += static_cast<double>(*first) * static_cast<double>(*first);
  const auto all = hn::Add(hn::Add(sums[0], sums[1]), hn::Add(sums[2], sums[3]));
  return rest + hn::GetLane(hn::SumOfLanes(d, all));
}

/// As many partial sums as there is room for on the stack, added in their order.
inline void squared_norm(const SquaredNorm<float>& call) {
  std::array<double, 256> sums{};
  const auto room = static_cast<std::int64_t>(sums.size());
  const std::int64_t size = std::max(std::int64_t{1} << 12, Piece::pieces(room, call.count));
  const std::int64_t pieces = Piece::pieces(size, call.count);
  for_each_part({pieces, call.count / float_lanes, call.threads}, [&](std::int64_t part) {
    const Piece piece(part, size, call.count);
    sums[static_cast<std::size_t>(part)] = squared_norm_of(call.x + piece.first, call.x + piece.last);
  });
  double sum = 0;
  for (const double one : sums) sum += one;
  *call.sum = sum;
}

}  // namespace sca::kernels::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
