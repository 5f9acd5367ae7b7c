// The bounds of single operations and of sums, and that wrong rules for them are caught.
#include <gtest/gtest.h>

#include <cstdio>
#include <string>

#include "tests/reference/bound_search.hpp"

namespace sca::test {
namespace {

using reference::BoundRules;
using reference::FloatingPoint;
using reference::Lower;
using reference::Upper;

TEST(Bounded, EveryOperationStaysInside) {
  const auto report = [](const char* format, const Search& search) {
    EXPECT_EQ(search.violation, "") << format;
    for (std::size_t op = 0; op < unary_and_binary; ++op) {
      std::printf("%-8s %-9.*s worst clearance %.3f\n", format, static_cast<int>(op_names[op].size()),
                  op_names[op].data(), search.worst[op]);
      EXPECT_GT(search.worst[op], 0.25) << op_names[op] << ": the bound is never nearly attained";
    }
  };
  report("toy", search_operations<BoundRules, Toy>(toy_format, 60000));
  report("binary32", search_operations<BoundRules, float>(reference::binary32, 60000));
  report("binary64", search_operations<BoundRules, double>(reference::binary64, 60000));
}

TEST(Bounded, EverySumStaysInside) {
  EXPECT_EQ((search_sums<BoundRules, Toy>(toy_format, 3000)), "");
  EXPECT_EQ((search_sums<BoundRules, float>(reference::binary32, 3000)), "");
  EXPECT_EQ((search_sums<BoundRules, double>(reference::binary64, 3000)), "");
}

// ---- rules that are wrong on purpose

template <class Rules>
std::string first_violation(std::uint64_t trials) {
  std::string found = search_operations<Rules, Toy>(toy_format, trials).violation;
  if (found.empty()) found = search_operations<Rules, float>(reference::binary32, trials).violation;
  if (found.empty()) found = search_operations<Rules, double>(reference::binary64, trials).violation;
  if (found.empty()) found = search_sums<Rules, Toy>(toy_format, trials / 16);
  if (found.empty()) found = search_sums<Rules, double>(reference::binary64, trials / 16);
  return found;
}

struct NoRounding : BoundRules {
  static Upper rounding(const FloatingPoint&, double, Upper, Upper) { return {}; }
};
struct HalfTheRoundoff : BoundRules {
  static Upper rounding(const FloatingPoint& f, double units, Upper size, Upper change) {
    return BoundRules::rounding(f, units / 2, size, change);
  }
};
struct NoUnderflow : BoundRules {
  static Upper rounding(const FloatingPoint& f, double units, Upper size, Upper change) {
    return Upper(units) * (size + change) * f.u();
  }
};
struct RoundsTheExactResult : BoundRules {
  static Upper rounding(const FloatingPoint& f, double units, Upper size, Upper) {
    return BoundRules::rounding(f, units, size, {});
  }
};
struct FirstOrderProduct : BoundRules {
  static Upper product_change(Upper a, Upper ea, Upper b, Upper eb) { return a * eb + b * ea; }
};
struct ForgetsAnOperand : BoundRules {
  static Upper product_change(Upper, Upper ea, Upper b, Upper eb) { return b * ea + ea * eb; }
};
struct DividesByTheExactDivisor : BoundRules {
  static Upper quotient_change(Upper quotient, Upper ea, Lower b, Upper eb) {
    return (ea + quotient * eb) / b;
  }
};
struct ForgetsTheDivisor : BoundRules {
  static Upper quotient_change(Upper, Upper ea, Lower b, Upper eb) { return ea / (b - eb); }
};
struct FirstOrderRoot : BoundRules {
  static Upper root_change(Lower a, Upper ea) { return ea / (sqrt(a) + sqrt(a)); }
};
struct FirstOrderExp : BoundRules {
  static Upper exp_change(Upper value, Upper ea) { return value * ea; }
};
struct FirstOrderLog : BoundRules {
  static Upper log_change(Lower a, Upper ea) { return ea / a; }
};
struct FirstOrderSine : BoundRules {
  static Upper sine_change(Upper slope, Upper ea) { return slope * ea; }
};
struct ForgetsAnAddition : BoundRules {
  static Upper summation(const FloatingPoint& f, std::size_t n, Upper mass) {
    return BoundRules::summation(f, n - 1, mass);
  }
};
struct PairwiseOnly : BoundRules {
  static Upper summation(const FloatingPoint& f, std::size_t n, Upper mass) {
    return BoundRules::summation(f, ceil_log2(n) + 1, mass);
  }
};

template <class Rules>
class WrongRules : public ::testing::Test {};
using Mutants =
    ::testing::Types<NoRounding, HalfTheRoundoff, NoUnderflow, RoundsTheExactResult, FirstOrderProduct,
                     ForgetsAnOperand, DividesByTheExactDivisor, ForgetsTheDivisor, FirstOrderRoot,
                     FirstOrderExp, FirstOrderLog, FirstOrderSine, ForgetsAnAddition, PairwiseOnly>;
TYPED_TEST_SUITE(WrongRules, Mutants);

TYPED_TEST(WrongRules, AreCaught) {
  const std::string found = first_violation<TypeParam>(60000);
  EXPECT_NE(found, "") << "the mutant survives";
  std::printf("caught by %s\n", found.c_str());
}

}  // namespace
}  // namespace sca::test
