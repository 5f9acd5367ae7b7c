#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "bench/probes.cpp"
#include "bench/probes.hpp"
// clang-format off
#include "bench/polynomial.hpp"
#include <hwy/foreach_target.h>
#include <hwy/cache_control.h>
#include <hwy/highway.h>
// clang-format on

// Compiled once a target by foreach_target.h; the loops have no arrays of vectors, which some targets lack.
HWY_BEFORE_NAMESPACE();
namespace sca::bench::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

template <class Real>
std::size_t lane_count() {
  return hn::Lanes(hn::ScalableTag<Real>());
}

template <class Real>
Real multiply_add(const Real* seeds, std::size_t rounds) {
  const hn::ScalableTag<Real> d;
  const std::size_t n = hn::Lanes(d);
  const auto factor = hn::Set(d, Real(0.5));
  const auto term = hn::Set(d, Real(1));
  auto a = hn::LoadU(d, seeds);
  auto b = hn::LoadU(d, seeds + n);
  auto c = hn::LoadU(d, seeds + 2 * n);
  auto e = hn::LoadU(d, seeds + 3 * n);
  auto f = hn::LoadU(d, seeds + 4 * n);
  auto g = hn::LoadU(d, seeds + 5 * n);
  auto h = hn::LoadU(d, seeds + 6 * n);
  auto i = hn::LoadU(d, seeds + 7 * n);
  auto j = hn::LoadU(d, seeds + 8 * n);
  auto k = hn::LoadU(d, seeds + 9 * n);
  for (std::size_t round = 0; round < rounds; ++round) {
    a = hn::MulAdd(a, factor, term);
    b = hn::MulAdd(b, factor, term);
    c = hn::MulAdd(c, factor, term);
    e = hn::MulAdd(e, factor, term);
    f = hn::MulAdd(f, factor, term);
    g = hn::MulAdd(g, factor, term);
    h = hn::MulAdd(h, factor, term);
    i = hn::MulAdd(i, factor, term);
    j = hn::MulAdd(j, factor, term);
    k = hn::MulAdd(k, factor, term);
  }
  const auto sum = hn::Add(hn::Add(hn::Add(a, b), hn::Add(c, e)), hn::Add(hn::Add(f, g), hn::Add(h, i)));
  return hn::GetLane(hn::SumOfLanes(d, hn::Add(sum, hn::Add(j, k))));
}

/// Recursion, so that it is unrolled: from coefficient `First` on.
template <std::size_t First = 0, class D, class V, class Real>
HWY_INLINE V horner(D d, V at, const Real* coefficients) {
  const V first = hn::Set(d, coefficients[First]);
  if constexpr (First + 1 == trig_coefficients<Real>) {
    return first;
  } else {
    return hn::MulAdd(horner<First + 1>(d, at, coefficients), at, first);
  }
}

/// Two vectors at a time: one alone waits for its own chain.
template <class Real>
Real sincos(const Real* x, std::size_t count, const Real* sine, const Real* cosine, Real* cosines) {
  const hn::ScalableTag<Real> d;
  const std::size_t n = hn::Lanes(d);
  auto sines_a = hn::Zero(d);
  auto sines_b = hn::Zero(d);
  auto cosines_a = hn::Zero(d);
  auto cosines_b = hn::Zero(d);
  for (std::size_t i = 0; i < count; i += 2 * n) {
    const auto a = hn::LoadU(d, x + i);
    const auto b = hn::LoadU(d, x + i + n);
    const auto a_squared = hn::Mul(a, a);
    const auto b_squared = hn::Mul(b, b);
    sines_a = hn::MulAdd(a, horner(d, a_squared, sine), sines_a);
    sines_b = hn::MulAdd(b, horner(d, b_squared, sine), sines_b);
    cosines_a = hn::Add(cosines_a, horner(d, a_squared, cosine));
    cosines_b = hn::Add(cosines_b, horner(d, b_squared, cosine));
  }
  *cosines = hn::GetLane(hn::SumOfLanes(d, hn::Add(cosines_a, cosines_b)));
  return hn::GetLane(hn::SumOfLanes(d, hn::Add(sines_a, sines_b)));
}

float read(const float* from, std::size_t count) {
  const hn::ScalableTag<float> d;
  const std::size_t n = hn::Lanes(d);
  auto a = hn::Zero(d);
  auto b = hn::Zero(d);
  auto c = hn::Zero(d);
  auto e = hn::Zero(d);
  for (std::size_t i = 0; i < count; i += 4 * n) {
    a = hn::Add(a, hn::LoadU(d, from + i));
    b = hn::Add(b, hn::LoadU(d, from + i + n));
    c = hn::Add(c, hn::LoadU(d, from + i + 2 * n));
    e = hn::Add(e, hn::LoadU(d, from + i + 3 * n));
  }
  return hn::GetLane(hn::SumOfLanes(d, hn::Add(hn::Add(a, b), hn::Add(c, e))));
}

float copy(const float* from, float* to, std::size_t count) {
  const hn::ScalableTag<float> d;
  for (std::size_t i = 0; i < count; i += hn::Lanes(d)) hn::StoreU(hn::LoadU(d, from + i), d, to + i);
  return to[0];
}

float stream(const float* from, float* to, std::size_t count) {
  const hn::ScalableTag<float> d;
  for (std::size_t i = 0; i < count; i += hn::Lanes(d)) hn::Stream(hn::LoadU(d, from + i), d, to + i);
  hwy::FlushStream();
  return to[0];
}

std::size_t float_lanes() { return lane_count<float>(); }
std::size_t double_lanes() { return lane_count<double>(); }
float float_multiply_add(const float* seeds, std::size_t rounds) { return multiply_add(seeds, rounds); }
double double_multiply_add(const double* seeds, std::size_t rounds) { return multiply_add(seeds, rounds); }
float float_sincos(const float* x, std::size_t count, const float* sine, const float* cosine,
                   float* cosines) {
  return sincos(x, count, sine, cosine, cosines);
}
double double_sincos(const double* x, std::size_t count, const double* sine, const double* cosine,
                     double* cosines) {
  return sincos(x, count, sine, cosine, cosines);
}
const char* target_name() { return hwy::TargetName(HWY_TARGET); }

}  // namespace
}  // namespace sca::bench::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace sca::bench {
namespace {

constexpr std::size_t chains = 10;

HWY_EXPORT(float_lanes);
HWY_EXPORT(double_lanes);
HWY_EXPORT(float_multiply_add);
HWY_EXPORT(double_multiply_add);
HWY_EXPORT(float_sincos);
HWY_EXPORT(double_sincos);
HWY_EXPORT(read);
HWY_EXPORT(copy);
HWY_EXPORT(stream);
HWY_EXPORT(target_name);

template <class Real>
const TrigPolynomials<Real>& polynomials() {
  static const TrigPolynomials<Real> both;
  return both;
}

}  // namespace

template <>
std::size_t Probes<float>::sincos_block() {
  return 2 * HWY_DYNAMIC_DISPATCH(float_lanes)();
}
template <>
std::size_t Probes<double>::sincos_block() {
  return 2 * HWY_DYNAMIC_DISPATCH(double_lanes)();
}
template <class Real>
std::size_t Probes<Real>::seeds() {
  return chains * sincos_block() / 2;
}
template <class Real>
std::size_t Probes<Real>::multiply_add_flops() {
  return chains * sincos_block();
}
template <>
float Probes<float>::multiply_add(std::span<const float> seeds, std::size_t rounds) {
  return HWY_DYNAMIC_DISPATCH(float_multiply_add)(seeds.data(), rounds);
}
template <>
double Probes<double>::multiply_add(std::span<const double> seeds, std::size_t rounds) {
  return HWY_DYNAMIC_DISPATCH(double_multiply_add)(seeds.data(), rounds);
}
template <>
float Probes<float>::sincos(std::span<const float> x, float& cosines) {
  const auto& by = polynomials<float>();
  return HWY_DYNAMIC_DISPATCH(float_sincos)(x.data(), x.size(), by.sine.data(), by.cosine.data(), &cosines);
}
template <>
double Probes<double>::sincos(std::span<const double> x, double& cosines) {
  const auto& by = polynomials<double>();
  return HWY_DYNAMIC_DISPATCH(double_sincos)(x.data(), x.size(), by.sine.data(), by.cosine.data(), &cosines);
}

template struct Probes<float>;
template struct Probes<double>;

float read(std::span<const float> from) { return HWY_DYNAMIC_DISPATCH(read)(from.data(), from.size()); }
float copy(std::span<const float> from, std::span<float> to) {
  return HWY_DYNAMIC_DISPATCH(copy)(from.data(), to.data(), from.size());
}
float stream(std::span<const float> from, std::span<float> to) {
  return HWY_DYNAMIC_DISPATCH(stream)(from.data(), to.data(), from.size());
}
std::size_t memory_block() { return 4 * HWY_DYNAMIC_DISPATCH(float_lanes)(); }
std::string vector_target() { return HWY_DYNAMIC_DISPATCH(target_name)(); }

}  // namespace sca::bench
#endif
