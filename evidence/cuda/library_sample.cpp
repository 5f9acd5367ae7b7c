#include "evidence/cuda/library_sample.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

#include "evidence/hash.hpp"
#include "evidence/kernels/elementary_runs.hpp"

namespace sca::evidence::cuda {
namespace {

/// An interval's floats of one exponent.
struct SampledBinade {
  float from, to;

  std::uint32_t first() const { return std::bit_cast<std::uint32_t>(from); }
  std::uint32_t count() const { return std::bit_cast<std::uint32_t>(to) - first() + 1; }
  std::size_t weight() const { return std::abs(to) >= 0x1p-8F && std::abs(from) < 0x1p17F ? 8 : 1; }
};

/// Bits of one sign are in the order of their floats' sizes.
void cut(const FloatInterval& interval, std::vector<SampledBinade>& all) {
  constexpr std::uint32_t mantissa = (1U << 23U) - 1;
  const auto last = std::bit_cast<std::uint32_t>(interval.to);
  for (auto first = std::bit_cast<std::uint32_t>(interval.from); first <= last;) {
    const std::uint32_t end = std::min(first | mantissa, last);
    all.push_back({std::bit_cast<float>(first), std::bit_cast<float>(end)});
    first = end + 1;
  }
}

void take(const SampledBinade& binade, std::size_t points, std::vector<float>& x) {
  const std::uint64_t count = binade.count(), parts = std::min<std::uint64_t>(points, count);
  x.push_back(binade.from);
  for (std::uint64_t i = 1; i + 1 < parts; ++i) {
    const std::uint64_t begin = i * count / parts, end = (i + 1) * count / parts;
    const std::uint64_t offset = begin + mixed(mixed(binade.first()) + i) % (end - begin);
    x.push_back(std::bit_cast<float>(binade.first() + static_cast<std::uint32_t>(offset)));
  }
  if (parts > 1) x.push_back(binade.to);
}

float nearest_to_quarter_turns(unsigned long k) {
  kernels::Exact turns;
  mpfr_ptr t = turns.backend().data();
  mpfr_const_pi(t, MPFR_RNDN);
  mpfr_mul_ui(t, t, k, MPFR_RNDN);
  return mpfr_get_flt(t, MPFR_RNDN) / 2;
}

bool holds(const ArgumentRange& range, float x) {
  return std::ranges::any_of(range.intervals, [x](const FloatInterval& one) {
    return std::signbit(x) == std::signbit(one.from) && std::abs(one.from) <= std::abs(x) &&
           std::abs(x) <= std::abs(one.to);
  });
}

/// Multiples up to 2^24, below which floats are near to some: the first ones, and as many others.
void take_quarter_turns(const ArgumentRange& range, std::size_t points, std::vector<float>& x) {
  const auto meet = [&](float angle) {
    for (const float one : {std::nextafter(angle, 0.0F), angle, std::nextafter(angle, 2 * angle)}) {
      if (holds(range, one)) x.push_back(one);
      if (holds(range, -one)) x.push_back(-one);
    }
  };
  for (std::size_t k = 1; k <= points / 12; ++k) {
    meet(nearest_to_quarter_turns(k));
    meet(nearest_to_quarter_turns(1 + (mixed(k) >> (40U + mixed(k) % 20U))));
  }
  meet(0x1.f37c8ap+95F);  // 16367173 2^72, of all floats the nearest to a multiple
}

}  // namespace

std::vector<float> sample(const LibraryFunction& function, const ArgumentRange& range, std::size_t points) {
  std::vector<SampledBinade> binades;
  for (const FloatInterval& one : range.intervals) cut(one, binades);
  std::size_t weights = 0;
  for (const SampledBinade& one : binades) weights += one.weight();
  std::vector<float> x = range.named;
  for (const SampledBinade& one : binades)
    take(one, std::max<std::size_t>(points * one.weight() / weights, 2), x);
  if (function.is_periodic && !binades.empty()) take_quarter_turns(range, points, x);
  return x;
}

}  // namespace sca::evidence::cuda
