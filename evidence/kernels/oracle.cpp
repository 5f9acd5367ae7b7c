#include "evidence/kernels/oracle.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "evidence/networks/expected.hpp"

namespace sca::evidence::kernels {
namespace {

std::string key_of(std::string_view what, sca_dtype dtype, const Case& one,
                   const reference::FloatingPoint& f) {
  return fmt::format("{} {} {} {:a} {:a} {:a} {:a} {:a} {:a} {}", what, format_of(dtype).name, to_line(one),
                     f.u(), f.arithmetic.trig_error, f.exp_error, f.log_error, f.underflow, f.largest,
                     f.sum_depth ? std::to_string(*f.sum_depth) : "any");
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
  return kept<ExpectedForward>(key_of("forward", problem.dtype, problem.origin, arithmetic),
                               [&] { return expected_forward(problem, arithmetic); });
}

const ExpectedBackward& Oracle::backward(const Problem& problem, const reference::FloatingPoint& arithmetic) {
  return kept<ExpectedBackward>(key_of("backward", problem.dtype, problem.origin, arithmetic),
                                [&] { return expected_backward(problem, arithmetic); });
}

const operators::Given<double>& Oracle::given(const operators::OperatorCase& one, sca_dtype dtype) {
  return kept<operators::Given<double>>(fmt::format("given {} {}", format_of(dtype).name, to_line(one)),
                                        [&] { return operators::make_given(one, dtype); });
}

const operators::Expected& Oracle::expected(const operators::Given<double>& given,
                                            const reference::FloatingPoint& arithmetic,
                                            const std::vector<std::string>& differentiated) {
  return kept<operators::Expected>(
      key_of(fmt::format("operator {}", fmt::join(differentiated, ",")), given.dtype, given.one, arithmetic),
      [&] { return operators::expected(given, arithmetic, differentiated); });
}

const operators::Difference& Oracle::along_direction(const operators::Given<double>& given,
                                                     const std::vector<std::string>& differentiated) {
  const std::string key = fmt::format("direction {} {} {}", fmt::join(differentiated, ","),
                                      format_of(given.dtype).name, to_line(given.one));
  return kept<operators::Difference>(key, [&] {
    return given.one.name == network_kind ? networks::along_direction(given)
                                          : operators::along_direction(given, differentiated);
  });
}

const operators::Expected& Oracle::expected_of_network(const operators::Given<double>& given,
                                                       const reference::FloatingPoint& arithmetic) {
  return kept<operators::Expected>(key_of("network", SCA_F64, given.one, arithmetic),
                                   [&] { return networks::expected(given, arithmetic); });
}

}  // namespace sca::evidence::kernels
