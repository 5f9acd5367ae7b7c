#pragma once

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <sstream>

namespace sca::test {

/// A RapidCheck property on fewer cases than the usual hundred, for properties that cost a second each.
/// RC_PARAMS gives the seed, as there.
template <class Property>
void check_few(int cases, Property property) {
  rc::detail::TestParams params = rc::detail::configuration().testParams;
  params.maxSuccess = cases;
  const auto result = rc::detail::checkTestable(property, rc::detail::TestMetadata{}, params);
  if (result.template is<rc::detail::SuccessResult>()) return;
  std::ostringstream text;
  printResultMessage(result, text);
  ADD_FAILURE() << "seed " << params.seed << ": " << text.str();
}

}  // namespace sca::test
