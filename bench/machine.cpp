#include "bench/machine.hpp"

#include <benchmark/benchmark.h>
#include <omp.h>

#include <algorithm>
#include <bit>
#include <limits>
#include <vector>

#include "bench/probes.hpp"
#include "kernels/network/pages.hpp"

namespace sca::bench {
namespace {

constexpr int tries = 15;
constexpr double seconds_a_try = 2e-3;  // long against starting the threads
constexpr std::size_t largest_footprint = std::size_t{1} << 30U;
constexpr std::size_t smallest_slice = std::size_t{1} << 14U;  // bytes a thread

/// Seconds that threads take for what all begin together.
struct Times {
  /// Of the slowest one by its own clock, so that a thread which another program delays at the start or the
  /// end does not count as slow: for what each has of its own.
  double slowest = 0;
  /// From the first start to the last end: for what they share. Threads that run one after the other would
  /// each find all of it.
  double span = 0;
};

template <class Work>
Times times_of(int threads, std::size_t rounds, const Work& work) {
  double slowest = 0;
  double first = std::numeric_limits<double>::infinity();
  double last = 0;
#pragma omp parallel num_threads(threads) reduction(max : slowest, last) reduction(min : first)
  {
    const auto thread = static_cast<std::size_t>(omp_get_thread_num());
#pragma omp barrier
    first = omp_get_wtime();
    work(thread, rounds);
    last = omp_get_wtime();
    slowest = last - first;
  }
  return {slowest, last - first};
}

/// Seconds of one round of `work(thread, rounds)` on every thread at once: the best try.
template <class Work>
double best_seconds(int threads, double Times::*seconds, const Work& work) {
  for (std::size_t rounds = 1;; rounds *= 4) {
    double least = times_of(threads, rounds, work).*seconds;
    for (int i = 1; i < tries; ++i) least = std::min(least, times_of(threads, rounds, work).*seconds);
    if (least >= seconds_a_try) return least / static_cast<double>(rounds);
  }
}

template <class Real>
double measured_flops(int threads) {
  constexpr std::size_t rounds_a_call = 1000;
  const std::vector<Real> seeds(Probes<Real>::seeds(), Real(1));
  const double seconds = best_seconds(threads, &Times::slowest, [&](std::size_t, std::size_t rounds) {
    for (std::size_t i = 0; i < rounds; ++i)
      benchmark::DoNotOptimize(Probes<Real>::multiply_add(seeds, rounds_a_call));
  });
  return static_cast<double>(threads) *
         static_cast<double>(rounds_a_call * Probes<Real>::multiply_add_flops()) / seconds;
}

template <class Real>
double measured_sincos(int threads) {
  std::vector<Real> x(64 * Probes<Real>::sincos_block());
  for (std::size_t i = 0; i < x.size(); ++i)
    x[i] = Real(6) * static_cast<Real>(i) / static_cast<Real>(x.size()) - 3;
  const double seconds = best_seconds(threads, &Times::slowest, [&](std::size_t, std::size_t rounds) {
    Real cosines = 0;
    for (std::size_t i = 0; i < rounds; ++i) {
      benchmark::DoNotOptimize(Probes<Real>::sincos(x, cosines));
      benchmark::DoNotOptimize(cosines);
    }
  });
  return static_cast<double>(threads) * static_cast<double>(x.size()) / seconds;
}

double measured_stream(std::size_t footprint, int threads, Traffic traffic) {
  const auto slices = static_cast<std::size_t>(threads);
  const std::size_t slice = footprint / sizeof(float) / 2 / slices / memory_block() * memory_block();
  kernels::Pages from(slices * slice * sizeof(float));
  kernels::Pages to(slices * slice * sizeof(float));
  const auto part = [&](const kernels::Pages& pages, std::size_t thread) {
    return std::span(reinterpret_cast<float*>(pages.data()) + thread * slice, slice);
  };
#pragma omp parallel num_threads(threads)
  {
    const auto thread = static_cast<std::size_t>(omp_get_thread_num());
    std::ranges::fill(part(from, thread), 1.0F);
    std::ranges::fill(part(to, thread), 1.0F);
  }
  const auto best = [&](auto pass) {
    return best_seconds(threads, &Times::span, [&](std::size_t thread, std::size_t rounds) {
      for (std::size_t i = 0; i < rounds; ++i)
        benchmark::DoNotOptimize(pass(part(from, thread), part(to, thread)));
    });
  };
  double seconds = best([](auto a, auto b) { return read(a) + read(b); });
  if (traffic == Traffic::any)
    seconds = std::min({seconds, best([](auto a, auto b) { return copy(a, b); }),
                        best([](auto a, auto b) { return stream(a, b); })});
  return static_cast<double>(2 * slices * slice * sizeof(float)) / seconds;
}

/// The value at `key`, measured if there is none.
template <class Key, class Measure>
double kept(std::map<Key, double>& values, const Key& key, Measure measure) {
  const auto found = values.find(key);
  return found != values.end() ? found->second : values[key] = measure();
}

}  // namespace

double Machine::bytes_per_second(double footprint, int threads, Traffic traffic) {
  const std::size_t least = smallest_slice * static_cast<std::size_t>(threads);
  const double within = std::min(footprint, static_cast<double>(largest_footprint));
  const std::size_t size = std::bit_ceil(std::max(least, static_cast<std::size_t>(within)));
  return kept(streams_, std::tuple(size, threads, traffic),
              [&] { return measured_stream(size, threads, traffic); });
}

double Machine::flops_per_second(sca_dtype dtype, int threads) {
  const bool is_double = dtype == SCA_F64;
  return kept(peaks_, std::pair(is_double, threads),
              [&] { return is_double ? measured_flops<double>(threads) : measured_flops<float>(threads); });
}

double Machine::sincos_per_second(sca_dtype dtype, int threads) {
  const bool is_double = dtype == SCA_F64;
  return kept(sincos_, std::pair(is_double, threads),
              [&] { return is_double ? measured_sincos<double>(threads) : measured_sincos<float>(threads); });
}

Rates Machine::rates(sca_dtype dtype, double footprint, int threads, Traffic traffic) {
  return {bytes_per_second(footprint, threads, traffic), flops_per_second(dtype, threads),
          sincos_per_second(dtype, threads)};
}

}  // namespace sca::bench
