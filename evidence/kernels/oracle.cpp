#include "evidence/kernels/oracle.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sca::evidence::kernels {
namespace {

std::string key_of(std::string_view what, const Problem& problem, const reference::FloatingPoint& f) {
  return fmt::format("{} {} {} {:a} {:a} {:a} {:a} {:a} {:a} {}", what, format_of(problem.dtype).name,
                     to_line(problem.origin), f.u(), f.arithmetic.trig_error, f.exp_error, f.log_error,
                     f.underflow, f.largest, f.sum_depth ? std::to_string(*f.sum_depth) : "any");
}

}  // namespace

template <class Value>
const Value& Oracle::kept(const std::string& key, const std::function<Value()>& make) {
  const auto found = std::ranges::find(entries_, key, &Entry::key);
  if (found != entries_.end()) {
    entries_.splice(entries_.begin(), entries_, found);
  } else {
    entries_.push_front({key, make()});
    if (entries_.size() > capacity_) entries_.pop_back();
  }
  return std::get<Value>(entries_.front().value);
}

const Problem& Oracle::problem(const CoreCase& one, sca_dtype dtype) {
  return kept<Problem>(fmt::format("problem {} {}", format_of(dtype).name, to_line(one)),
                       [&] { return make_problem(one, dtype); });
}

const ExpectedForward& Oracle::forward(const Problem& problem, const reference::FloatingPoint& arithmetic) {
  return kept<ExpectedForward>(key_of("forward", problem, arithmetic),
                               [&] { return expected_forward(problem, arithmetic); });
}

const ExpectedBackward& Oracle::backward(const Problem& problem, const reference::FloatingPoint& arithmetic) {
  return kept<ExpectedBackward>(key_of("backward", problem, arithmetic),
                                [&] { return expected_backward(problem, arithmetic); });
}

}  // namespace sca::evidence::kernels
