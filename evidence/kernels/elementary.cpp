#include "evidence/kernels/elementary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <mutex>
#include <string>

#include "evidence/kernels/elementary_arguments.hpp"
#include "evidence/kernels/elementary_search.hpp"
#include "evidence/kernels/on_threads.hpp"
#include "kernels/registry.hpp"

namespace sca::evidence::kernels {
namespace {

using sca::kernels::simd::ElementaryFunctions;

template <class Real>
using Results = std::array<std::vector<Real>, 2>;
template <class Real>
using Targets = std::span<const ElementaryFunctions<Real>>;

/// One of the functions as all targets have it, from `first` to `last`.
template <class Function, class Real>
struct Measured {
  std::string_view name;
  Real first, last;
  double sca_arithmetic::*declared;
  void (*call)(const ElementaryFunctions<Real>& target, std::span<const Real> x, Results<Real>& got);
};

/// f(what the functions are) for each of them.
template <class Real, class F>
void each_function(const F& f) {
  using Target = ElementaryFunctions<Real>;
  using X = std::span<const Real>;
  constexpr bool is_double = std::is_same_v<Real, double>;
  constexpr Real largest = std::numeric_limits<Real>::max();
  constexpr Real far = is_double ? Real(0x1p21) : largest;  // beyond 2^20 the C library answers
  f(Measured<Trig, Real>{"sin cos", -3, 3, &sca_arithmetic::trig_error,
                         [](const Target& t, X x, Results<Real>& y) { t.sin_cos(x, y[0], y[1]); }});
  f(Measured<Trig, Real>{"sin cos of any", -far, far, &sca_arithmetic::trig_error,
                         [](const Target& t, X x, Results<Real>& y) { t.sin_cos_of_any(x, y[0], y[1]); }});
  // Wherever neither 0 nor infinity is due, and around.
  f(Measured<Exponential, Real>{"exp", is_double ? -760 : -110, is_double ? 720 : 90,
                                &sca_arithmetic::exp_error,
                                [](const Target& t, X x, Results<Real>& y) { t.exp(x, y[0]); }});
  f(Measured<Logarithm, Real>{"log1p", 0, largest, &sca_arithmetic::log_error,
                              [](const Target& t, X x, Results<Real>& y) { t.log1p(x, y[0]); }});
}

/// What the targets make of a piece's arguments, searched for the worst; each thread has its own.
template <class Function, class Real>
class Searches {
 public:
  Searches(const Measured<Function, Real>& function, Targets<Real> targets)
      : function_(function), targets_(targets), searches_(targets.size()) {
    for (auto& one : got_) one.resize(run_length);
  }

  /// near: for floats runs, else exact values
  template <class Values>
  void meet(std::span<const Real> x, const std::array<Values, Function::results>& near) {
    for (std::size_t t = 0; t < targets_.size(); ++t) {
      function_.call(targets_[t], x, got_);
      for (std::size_t r = 0; r < Function::results; ++r) {
        if constexpr (std::is_same_v<Values, Run>) {
          searches_[t].meet_run(r, x, got_[r], near[r]);
        } else {
          for (std::size_t i = 0; i < x.size(); ++i) searches_[t].meet(x[i], got_[r][i], near[r][i]);
        }
      }
    }
    arguments_ += x.size();
  }
  void add_to(std::span<ElementaryError> errors) {
    for (std::size_t t = 0; t < targets_.size(); ++t) {
      errors[t].arguments += arguments_;
      errors[t].worst = worse(errors[t].worst, searches_[t].worst());
    }
  }

 private:
  const Measured<Function, Real>& function_;
  Targets<Real> targets_;
  std::vector<ErrorSearch<Function, Real>> searches_;
  Results<Real> got_;
  std::uint64_t arguments_ = 0;
};

template <class Function>
void search(const Binade& binade, std::size_t every, Searches<Function, float>& searches) {
  Run offsets;
  const double start = binade.at(0);
  for (std::uint32_t i = 0; i < run_length; ++i) offsets[i] = binade.at(i) - start;
  const Function function(offsets);
  std::array<Run, Function::results> near;
  std::array<float, run_length> x;
  for (std::uint64_t begin = 0; begin < binade.count; begin += every * run_length) {
    const auto length = std::min<std::size_t>(run_length, binade.count - begin);
    for (std::uint32_t i = 0; i < length; ++i) x[i] = binade.at(static_cast<std::uint32_t>(begin) + i);
    function.at(x[0], near);
    searches.meet(std::span<const float>(x).first(length), near);
  }
}

template <class Function>
void search(const Measured<Function, double>& function, std::uint64_t begin, std::uint64_t end,
            Searches<Function, double>& searches) {
  std::vector<double> x;
  std::array<std::vector<Exact>, Function::results> exact;
  for (std::uint64_t i = begin; i < end; ++i) {
    x.push_back(random_double(function.first, function.last, i));
    const auto values = Function::exactly(Exact(x.back()));
    for (std::size_t r = 0; r < Function::results; ++r) exact[r].push_back(values[r]);
  }
  searches.meet(std::span<const double>(x), exact);
}

/// What a kernel declares that has these functions.
double declared(std::string_view precision, std::string_view target, double sca_arithmetic::*error) {
  const auto kernels = sca::kernels::core_kernels();
  const std::string name = fmt::format("{}/{}", precision, target);
  const auto kernel = std::ranges::find(kernels, name, [](const auto* one) { return one->name; });
  return (*kernel)->arithmetic->*error;
}

/// Shares a function's pieces among threads: piece(i, searches).
template <class Function, class Real, class Piece>
void measure(const Measured<Function, Real>& function, Targets<Real> targets, std::size_t pieces,
             unsigned jobs, const Piece& piece, std::vector<ElementaryError>& errors) {
  const std::size_t from = errors.size();
  for (const auto& target : targets) {
    errors.push_back({.function = function.name,
                      .target = target.target,
                      .first = function.first,
                      .last = function.last,
                      .arguments = 0,
                      .worst = {},
                      .declared = declared(std::is_same_v<Real, float> ? "f32" : "f64", target.target,
                                           function.declared)});
  }
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  on_threads(jobs, [&] {
    Searches<Function, Real> own(function, targets);
    for (std::size_t i = 0; (i = next++) < pieces;) piece(i, own);
    const std::scoped_lock lock(mutex);
    own.add_to(std::span(errors).subspan(from));
  });
}

/// Says how many pieces are done, of how many.
class Counter {
 public:
  Counter(std::size_t total, const ElementaryProgress& tell) : total_(total), tell_(tell) {}
  void count() {
    const std::scoped_lock lock(mutex_);
    if (tell_) tell_(++done_, total_);
  }

 private:
  std::size_t total_, done_ = 0;
  const ElementaryProgress& tell_;
  std::mutex mutex_;
};

}  // namespace

std::vector<ElementaryError> measure(Targets<float> targets, std::size_t every, unsigned jobs,
                                     const ElementaryProgress& progress) {
  std::size_t total = 0;
  each_function<float>([&](const auto& one) { total += binades(one.first, one.last).size(); });
  Counter counter(total, progress);
  std::vector<ElementaryError> errors;
  each_function<float>([&](const auto& one) {
    const std::vector<Binade> pieces = binades(one.first, one.last);
    const auto piece = [&](std::size_t i, auto& searches) {
      search(pieces[i], every, searches);
      counter.count();
    };
    measure(one, targets, pieces.size(), jobs, piece, errors);
  });
  return errors;
}

std::vector<ElementaryError> measure(Targets<double> targets, std::size_t samples, unsigned jobs,
                                     const ElementaryProgress& progress) {
  const std::size_t pieces = (samples + run_length - 1) / run_length;
  Counter counter(4 * pieces, progress);
  std::vector<ElementaryError> errors;
  each_function<double>([&](const auto& one) {
    const auto piece = [&](std::size_t i, auto& searches) {
      search(one, i * run_length, std::min((i + 1) * run_length, samples), searches);
      counter.count();
    };
    measure(one, targets, pieces, jobs, piece, errors);
  });
  return errors;
}

}  // namespace sca::evidence::kernels
