#include "reference/torus_fft.hpp"

#include <fftw3.h>

#include <mutex>

namespace sca::reference {
namespace {

// FFTW's planner is not thread-safe; executing a plan is.
std::mutex& planner() {
  static std::mutex mutex;
  return mutex;
}

__extension__ using Quad = __float128;

/// FFTW's three libraries behind one shape.
struct Binary64 {
  using Real = double;
  using Value = fftw_complex;
  static constexpr auto allocate = fftw_alloc_complex;
  static constexpr auto release = fftw_free;
  static constexpr auto plan = fftw_plan_dft;
  static constexpr auto execute = fftw_execute;
  static constexpr auto destroy = fftw_destroy_plan;
};
struct Extended {
  using Real = long double;
  using Value = fftwl_complex;
  static constexpr auto allocate = fftwl_alloc_complex;
  static constexpr auto release = fftwl_free;
  static constexpr auto plan = fftwl_plan_dft;
  static constexpr auto execute = fftwl_execute;
  static constexpr auto destroy = fftwl_destroy_plan;
};
struct QuadPrecision {
  using Real = Quad;
  using Value = fftwq_complex;
  static constexpr auto allocate = fftwq_alloc_complex;
  static constexpr auto release = fftwq_free;
  static constexpr auto plan = fftwq_plan_dft;
  static constexpr auto execute = fftwq_execute;
  static constexpr auto destroy = fftwq_destroy_plan;
};

/// The value as a sum of doubles, largest first: exact for up to 159 bits, and MPFR need not know the target
/// type.
template <class Real>
Real from_interval(const Interval& x) {
  Interval rest = midpoint(x);
  Real sum = 0;
  for (int part = 0; part < 3; ++part) {
    const double leading = upper_double(rest);
    sum += static_cast<Real>(leading);
    rest -= Interval(leading);
  }
  return sum;
}

/// Exact for any type whose significand three doubles hold.
template <class Real>
Interval to_enclosure(Real x) {
  Interval sum(0);
  for (int part = 0; part < 3; ++part) {
    const auto leading = static_cast<double>(x);
    sum += Interval(leading);
    x -= static_cast<Real>(leading);
  }
  return sum;
}

template <class Library>
std::vector<Complex<Interval>> transform(const std::vector<Complex<Interval>>& samples, std::size_t n,
                                         std::size_t d) {
  using Real = typename Library::Real;
  auto* data = Library::allocate(samples.size());
  const std::vector<int> shape(d, static_cast<int>(n));
  std::unique_lock lock(planner());
  const auto plan = Library::plan(static_cast<int>(d), shape.data(), data, data, FFTW_FORWARD, FFTW_ESTIMATE);
  lock.unlock();
  for (std::size_t i = 0; i < samples.size(); ++i) {
    data[i][0] = from_interval<Real>(samples[i].re);
    data[i][1] = from_interval<Real>(samples[i].im);
  }
  Library::execute(plan);
  const Interval count(samples.size());  // a power of two: the division is exact
  std::vector<Complex<Interval>> values;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    values.push_back({to_enclosure<Real>(data[i][0]) / count, to_enclosure<Real>(data[i][1]) / count});
  }
  lock.lock();
  Library::destroy(plan);
  lock.unlock();
  Library::release(data);
  return values;
}

}  // namespace

Interval unit_roundoff(FftPrecision precision) {
  switch (precision) {
    case FftPrecision::binary64: return Interval(1) / power(Interval(2), 53);
    case FftPrecision::extended: return Interval(1) / power(Interval(2), 64);
    case FftPrecision::quad: return Interval(1) / power(Interval(2), 113);
  }
  return Interval(1);
}

const char* name(FftPrecision precision) {
  switch (precision) {
    case FftPrecision::binary64: return "double";
    case FftPrecision::extended: return "long double";
    case FftPrecision::quad: return "quad";
  }
  return "";
}

std::vector<Complex<Interval>> read_all_lattice_points(const std::vector<Complex<Interval>>& samples,
                                                       std::size_t n, std::size_t d, FftPrecision precision) {
  switch (precision) {
    case FftPrecision::binary64: return transform<Binary64>(samples, n, d);
    case FftPrecision::extended: return transform<Extended>(samples, n, d);
    case FftPrecision::quad: return transform<QuadPrecision>(samples, n, d);
  }
  return {};
}

}  // namespace sca::reference
