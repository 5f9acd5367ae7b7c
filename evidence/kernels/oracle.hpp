#pragma once

#include <functional>
#include <list>
#include <string>
#include <variant>

#include "evidence/kernels/case.hpp"
#include "evidence/kernels/expected.hpp"
#include "evidence/operators/expected.hpp"

namespace sca::evidence::kernels {

/// Problems and what the reference expects of them. The latest are kept: one case is put to many kernels, and
/// kernels of one arithmetic share its bounds.
class Oracle {
 public:
  explicit Oracle(std::size_t capacity = 64) : capacity_(capacity) {}

  const Problem& problem(const CoreCase& one, sca_dtype dtype);
  const ExpectedForward& forward(const Problem& problem, const reference::FloatingPoint& arithmetic);
  const ExpectedBackward& backward(const Problem& problem, const reference::FloatingPoint& arithmetic);

  const operators::Given<double>& given(const operators::OperatorCase& one, sca_dtype dtype);
  const operators::Expected& expected(const operators::Given<double>& given,
                                      const reference::FloatingPoint& arithmetic,
                                      const std::vector<std::string>& differentiated);
  /// Along direction(given), of what a network or an operator computes.
  const operators::Difference& along_direction(const operators::Given<double>& given,
                                               const std::vector<std::string>& differentiated);
  const operators::Expected& expected_of_network(const operators::Given<double>& given,
                                                 const reference::FloatingPoint& arithmetic);

 private:
  struct Entry {
    std::string key;
    std::variant<Problem, ExpectedForward, ExpectedBackward, operators::Given<double>, operators::Expected,
                 operators::Difference>
        value;
  };

  /// The entry called `key`, made if there is none; stays until `capacity` others were asked for.
  template <class Value>
  const Value& kept(const std::string& key, const std::function<Value()>& make);

  std::size_t capacity_;
  std::list<Entry> entries_;  // the latest first
};

}  // namespace sca::evidence::kernels
