#include "evidence/kernels/elementary.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <boost/multiprecision/mpfr.hpp>
#include <cmath>
#include <cstdint>
#include <limits>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "evidence/hash.hpp"
#include "evidence/kernels/on_threads.hpp"

namespace sca::evidence::kernels {
namespace {

using sca::kernels::simd::ElementaryFunctions;
using Exact = boost::multiprecision::mpfr_float_50;

/// What a function is due, by the C library's doubles and by MPFR.
struct Due {
  double (*nearly)(double);
  Exact (*exactly)(const Exact&);
  bool is_absolute;  // a unit is u, not u |f| + underflow
};
const Due sine{[](double x) { return std::sin(x); }, [](const Exact& x) { return Exact(sin(x)); }, true};
const Due cosine{[](double x) { return std::cos(x); }, [](const Exact& x) { return Exact(cos(x)); }, true};
const Due exponential{[](double x) { return std::exp(x); }, [](const Exact& x) { return Exact(exp(x)); },
                      false};
const Due logarithm{[](double x) { return std::log1p(x); }, [](const Exact& x) { return Exact(log1p(x)); },
                    false};

template <class Real, class Number>
double units(const Due& due, const Number& value, Real got) {
  using std::abs;
  using Limits = std::numeric_limits<Real>;
  const Number epsilon = Limits::epsilon();  // 2 u
  // Infinity is right from halfway to the next power of two on.
  const bool overflows = Number(Limits::max()) * (1 + epsilon / 4) <= value;
  if (overflows && got == Limits::infinity()) return 0;
  if (!std::isfinite(got)) return std::numeric_limits<double>::infinity();
  const Number twice_unit =
      due.is_absolute ? epsilon : Number(epsilon * abs(value) + Number(Limits::denorm_min()));
  return static_cast<double>(Number(2 * abs(Number(got) - value) / twice_unit));
}

/// The largest error so far: against the doubles, all that come as close to it as the doubles may be off are
/// kept and compared with MPFR in the end.
template <class Real>
class Search {
 public:
  void meet(const Due& due, Real x, Real got) {
    if constexpr (std::is_same_v<Real, double>) {
      settle(due, x, got);
    } else {
      const double error = units<Real, double>(due, due.nearly(x), got);
      if (error + margin < largest_) return;
      if (largest_ + margin < error) close_.clear();
      largest_ = std::max(largest_, error);
      close_.push_back({&due, x, got});
      if (close_.size() == enough) worst();
    }
  }
  WorstError worst() {
    for (const Seen& one : close_) settle(*one.due, one.x, one.got);
    close_.clear();
    return worst_;
  }

 private:
  struct Seen {
    const Due* due;
    Real x, got;
  };
  static constexpr double margin = 0x1p-26;
  static constexpr std::size_t enough = 4096;

  void settle(const Due& due, Real x, Real got) {
    const double error = units<Real, Exact>(due, due.exactly(Exact(x)), got);
    if (worst_.units < error) worst_ = {error, static_cast<double>(x)};
  }

  double largest_ = 0.25;  // less is not looked for
  std::vector<Seen> close_;
  WorstError worst_;
};

/// Arguments by number.
template <class Real, class Argument>
struct Arguments {
  std::uint64_t count;
  Argument at;
};
template <class Argument>
Arguments(std::uint64_t, Argument) -> Arguments<std::invoke_result_t<Argument, std::uint64_t>, Argument>;

/// function(x, results) fills as many results as there are dues.
template <std::size_t results, class Real, class Argument, class Function>
WorstError search(const Arguments<Real, Argument>& arguments, const std::array<const Due*, results>& dues,
                  const Function& function) {
  constexpr std::uint64_t block = 4096;
  std::atomic<std::uint64_t> next{0};
  std::mutex mutex;
  WorstError worst;
  on_threads(std::max(1U, std::thread::hardware_concurrency()), [&] {
    Search<Real> own;
    std::vector<Real> x;
    std::array<std::vector<Real>, results> got;
    for (auto& one : got) one.resize(block);
    for (std::uint64_t first = 0; (first = next.fetch_add(block)) < arguments.count;) {
      x.clear();
      for (std::uint64_t i = first; i < std::min(first + block, arguments.count); ++i)
        x.push_back(arguments.at(i));
      function(std::span<const Real>(x), got);
      for (std::size_t r = 0; r < results; ++r)
        for (std::size_t i = 0; i < x.size(); ++i) own.meet(*dues[r], x[i], got[r][i]);
    }
    const std::scoped_lock lock(mutex);
    const WorstError mine = own.worst();
    if (worst.units < mine.units) worst = mine;
  });
  return worst;
}

/// The floats of a sign up to `limit`, every stride-th, and those of the other sign where there is a limit.
auto floats(float positive, float negative, std::size_t stride) {
  const std::uint64_t above = std::bit_cast<std::uint32_t>(positive) / stride + 1;
  const std::uint64_t below = std::bit_cast<std::uint32_t>(negative) / stride + 1;
  return Arguments{above + below, [above, stride](std::uint64_t i) {
                     const std::uint64_t size = (i < above ? i : i - above) * stride;
                     const float x = std::bit_cast<float>(static_cast<std::uint32_t>(size));
                     return i < above ? x : -x;
                   }};
}

/// Doubles up to `positive` and down to -`negative`: the even ones equally likely, the odd ones' exponents.
auto doubles(double positive, double negative, std::size_t count) {
  return Arguments{count, [=](std::uint64_t i) {
                     const std::uint64_t random = mixed(mixed(i) + 1);
                     const double limit = (random & 1U) == 0 ? positive : -negative;
                     if (i % 2 == 0) return static_cast<double>(random >> 11U) * 0x1p-53 * limit;
                     const std::uint64_t top = std::bit_cast<std::uint64_t>(std::abs(limit)) + 1;
                     return std::copysign(std::bit_cast<double>(mixed(random) % top), limit);
                   }};
}

template <class Real, class Make>
ElementaryErrors measure_all(const ElementaryFunctions<Real>& functions, const Make& arguments) {
  using Results = std::array<std::vector<Real>, 2>;
  using Result = std::array<std::vector<Real>, 1>;
  const std::array trig{&sine, &cosine};
  const Real largest = std::numeric_limits<Real>::max();
  const bool is_double = std::is_same_v<Real, double>;
  const Real far = is_double ? Real(0x1p21) : largest;  // beyond 2^20 the C library answers
  ElementaryErrors errors;
  errors.trig = search(arguments(Real(3), Real(3)), trig,
                       [&](std::span<const Real> x, Results& y) { functions.sin_cos(x, y[0], y[1]); });
  errors.trig_of_any = search(arguments(far, far), trig, [&](std::span<const Real> x, Results& y) {
    functions.sin_cos_of_any(x, y[0], y[1]);
  });
  errors.exp = search(arguments(is_double ? 720 : 90, is_double ? 760 : 110), std::array{&exponential},
                      [&](std::span<const Real> x, Result& y) { functions.exp(x, y[0]); });
  errors.log1p = search(arguments(largest, Real(0)), std::array{&logarithm},
                        [&](std::span<const Real> x, Result& y) { functions.log1p(x, y[0]); });
  return errors;
}

}  // namespace

ElementaryErrors measure(const ElementaryFunctions<float>& functions, std::size_t stride) {
  return measure_all(functions,
                     [=](float positive, float negative) { return floats(positive, negative, stride); });
}

ElementaryErrors measure(const ElementaryFunctions<double>& functions, std::size_t samples) {
  return measure_all(functions,
                     [=](double positive, double negative) { return doubles(positive, negative, samples); });
}

}  // namespace sca::evidence::kernels
