// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_FAST_POSITION_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_FAST_POSITION_INL
#undef SCA_KERNELS_FAST_POSITION_INL
#else
#define SCA_KERNELS_FAST_POSITION_INL
#endif

#include <cmath>

#include "kernels/operators/fast/parts.hpp"
#include "kernels/operators/fast/vectors-inl.hpp"
#include "kernels/operators/operators.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::fast::HWY_NAMESPACE {

/// The angles of a token's position, [half] each.
struct Angles {
  template <class Call>
  Angles(const Call& call, std::int64_t token)
      : half(call.hd / 2),
        cosine(call.cosine + (call.position + token % call.L) * half),
        sine(call.sine + (call.position + token % call.L) * half) {}

  std::int64_t half;
  const float *cosine, *sine;
};

struct RotatedPair {
  FloatVector first, second;
};

template <class Lanes>
HWY_INLINE RotatedPair rotated(Lanes lanes, const Angles& by, const float* x, std::int64_t j) {
  const auto cosine = load(lanes, by.cosine + j);
  const auto sine = load(lanes, by.sine + j);
  const auto one = load(lanes, x + j);
  const auto other = load(lanes, x + by.half + j);
  return {hn::NegMulAdd(other, sine, hn::Mul(one, cosine)), hn::MulAdd(one, sine, hn::Mul(other, cosine))};
}

/// sqrt(mean of squares + epsilon) of what was rotated, [2 half]
inline float position_root(float squares, std::int64_t half, double epsilon) {
  return std::sqrt(squares / static_cast<float>(2 * half) + static_cast<float>(epsilon));
}

/// Writes y [2 half].
inline void rotate(const Angles& by, const float* x, float* y) {
  for_vectors(0, by.half, [&](auto lanes, std::int64_t j) HWY_ATTR {
    const RotatedPair pair = rotated(lanes, by, x, j);
    store(lanes, pair.first, y + j);
    store(lanes, pair.second, y + by.half + j);
  });
}

inline float sum_of_squares(const float* x, std::int64_t count) {
  const Floats d;
  auto sum = hn::Zero(d);
  for_vectors(0, count, [&](auto lanes, std::int64_t i) HWY_ATTR {
    const auto one = load(lanes, x + i);
    sum = hn::MulAdd(one, one, sum);
  });
  return sum_of_lanes(sum);
}

inline void position_token(const PositionForward<float>& call, std::int64_t token) {
  const Angles by(call, token);
  const float* x = call.x + token * call.heads * call.hd;
  float* y = call.y + token / call.L * call.y_stride + token % call.L * call.heads * call.hd;
  for (std::int64_t head = 0; head < call.heads; ++head, x += call.hd, y += call.hd) {
    rotate(by, x, y);
    if (!call.normalises) continue;
    const float root = position_root(sum_of_squares(y, 2 * by.half), by.half, call.epsilon);
    for_vectors(0, 2 * by.half, [&](auto lanes, std::int64_t j) HWY_ATTR {
      store(lanes, hn::Div(load(lanes, y + j), hn::Set(Floats(), root)), y + j);
    });
  }
}

/// The gradient by what was rotated, turned back.
template <class Lanes>
HWY_INLINE void turn_back(Lanes lanes, const Angles& by, FloatVector by_first, FloatVector by_second,
                          float* by_x, std::int64_t j) {
  const auto cosine = load(lanes, by.cosine + j);
  const auto sine = load(lanes, by.sine + j);
  store(lanes, hn::MulAdd(by_first, cosine, hn::Mul(by_second, sine)), by_x + j);
  store(lanes, hn::NegMulAdd(by_first, sine, hn::Mul(by_second, cosine)), by_x + by.half + j);
}

inline void rotate_back(const Angles& by, const float* by_y, float* by_x) {
  for_vectors(0, by.half, [&](auto lanes, std::int64_t j) HWY_ATTR {
    turn_back(lanes, by, load(lanes, by_y + j), load(lanes, by_y + by.half + j), by_x, j);
  });
}

/// Through the norm.
inline void normalise_and_rotate_back(const Angles& by, double epsilon, const float* x, const float* by_y,
                                      float* by_x) {
  const Floats d;
  auto squares = hn::Zero(d);
  auto dots = hn::Zero(d);
  for_vectors(0, by.half, [&](auto lanes, std::int64_t j) HWY_ATTR {
    const RotatedPair pair = rotated(lanes, by, x, j);
    squares = hn::MulAdd(pair.first, pair.first, squares);
    squares = hn::MulAdd(pair.second, pair.second, squares);
    dots = hn::MulAdd(load(lanes, by_y + j), pair.first, dots);
    dots = hn::MulAdd(load(lanes, by_y + by.half + j), pair.second, dots);
  });
  const float root = position_root(sum_of_lanes(squares), by.half, epsilon);
  const float dot = sum_of_lanes(dots);
  const auto share = hn::Set(d, dot / root / root / static_cast<float>(2 * by.half));
  for_vectors(0, by.half, [&](auto lanes, std::int64_t j) HWY_ATTR {
    const RotatedPair pair = rotated(lanes, by, x, j);
    const auto by_first = hn::NegMulAdd(pair.first, share, load(lanes, by_y + j));
    const auto by_second = hn::NegMulAdd(pair.second, share, load(lanes, by_y + by.half + j));
    turn_back(lanes, by, hn::Div(by_first, hn::Set(d, root)), hn::Div(by_second, hn::Set(d, root)), by_x, j);
  });
}

inline void position_backward_token(const PositionBackward<float>& call, std::int64_t token) {
  const Angles by(call, token);
  for (std::int64_t head = 0; head < call.heads; ++head) {
    const std::int64_t at = (token * call.heads + head) * call.hd;
    if (call.normalises)
      normalise_and_rotate_back(by, call.epsilon, call.x + at, call.y_gradient + at, call.x_gradient + at);
    else
      rotate_back(by, call.y_gradient + at, call.x_gradient + at);
  }
}

/// f(token)
template <class Call, class F>
void for_each_token(const Call& call, const F& f) {
  constexpr std::int64_t size = 8;
  constexpr std::int64_t work_of_vector = 16;
  const std::int64_t tokens = call.B * call.L;
  for_each_part({Piece::pieces(size, tokens), tokens * call.heads * call.hd * work_of_vector / float_lanes,
                 call.threads},
                [&](std::int64_t part) {
                  const Piece piece(part, size, tokens);
                  for (std::int64_t token = piece.first; token < piece.last; ++token) f(token);
                });
}

inline void position(const PositionForward<float>& call) {
  for_each_token(call, [&](std::int64_t token) { position_token(call, token); });
}

inline void position_backward(const PositionBackward<float>& call) {
  for_each_token(call, [&](std::int64_t token) { position_backward_token(call, token); });
}

}  // namespace sca::kernels::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
