#include "reference/perturbed.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

#include "tests/reference/expression.hpp"

namespace sca::test::perturbed {
namespace {

using reference::Ball;
using reference::BasicPerturbed;
using reference::BoundRules;
using reference::DigitsScope;
using reference::FloatingPoint;
using reference::FloatingPointScope;
using reference::RoundingTape;
using reference::Upper;

constexpr unsigned truth_bits = 320;

/// A program whose evaluation starts `apart` from the exact inputs: none, little, or as far as they are
/// large.
struct Trial {
  Program program;
  std::vector<double> computed_from;

  explicit Trial(std::uint64_t seed) {
    for (std::uint64_t i = 0; i < 4; ++i) {
      const std::uint64_t bits = hash(seed, i);
      const double x = (1 + static_cast<double>(bits % 128) / 128) * ((bits >> 8) % 2 == 0 ? 1 : -1);
      program.inputs.push_back(std::ldexp(x, static_cast<int>((bits >> 12) % 5) - 3));
      const double moved = static_cast<double>((bits >> 20) % 17) / 8 - 1;
      const int digits = static_cast<int>(seed % 12);
      computed_from.push_back(
          static_cast<double>(Toy(program.inputs.back() * (1 + std::ldexp(moved, -digits)))));
    }
    for (std::uint64_t i = 0; i < 5; ++i) program.steps.push_back(hash(seed, 100 + i));
  }
};

/// What is claimed of the distance between a register's exact and computed number.
struct Claim {
  Upper bound;
  Upper first_order;  // the same with every derivative at the middle of where it lies
};

template <class Rules>
std::vector<Claim> claims(const Trial& trial) {
  using Number = BasicPerturbed<Rules>;
  RoundingTape tape;
  const typename Number::Recording recording(tape);
  std::size_t next = 0;
  const auto registers = run<Number>(trial.program, [&](double exact) {
    const double apart = std::abs(trial.computed_from[next++] - exact);
    return Number::input(Ball{reference::Float(exact), Upper::above(apart)});
  });
  std::vector<reference::NodeId> ids;
  for (const Number& number : registers) ids.push_back(number.id());
  const auto errors = tape.errors(ids);
  std::vector<Claim> result;
  for (std::size_t i = 0; i < registers.size(); ++i) {
    Claim claim{errors.rounding[i], errors.rounding[i]};
    for (std::size_t j = 0; j < next; ++j) {
      const Upper moved = Upper::above(std::abs(trial.computed_from[j] - trial.program.inputs[j]));
      const std::size_t at = i * next + j;
      const Upper middle = std::abs(errors.by_input.middle[at]);
      claim.first_order = claim.first_order + middle * moved;
      claim.bound = claim.bound + (middle + Upper(errors.by_input.radius[at])) * moved;
    }
    result.push_back(claim);
  }
  return result;
}

struct Search {
  std::size_t violations = 0;
  std::size_t first_order_violations = 0;
  std::vector<double> clearances;
};

template <class Rules, class Real>
Search search(const FloatingPoint& format, std::uint64_t trials) {
  const DigitsScope digits(60);
  const PrecisionScope bits(truth_bits);
  const FloatingPointScope scope(format);
  Search found;
  for (std::uint64_t seed = 0; seed < trials; ++seed) {
    const Trial trial(seed);
    const std::vector<Claim> claimed = claims<Rules>(trial);
    const auto truth = run<Interval>(trial.program, [](double x) { return Interval(x); });
    std::size_t next = 0;
    const auto computed =
        run<Real>(trial.program, [&](double) { return static_cast<Real>(trial.computed_from[next++]); });
    for (std::size_t i = trial.program.inputs.size(); i < claimed.size(); ++i) {
      if (!claimed[i].bound.is_finite()) continue;
      const double off = lower_double(mignitude(Interval(static_cast<double>(computed[i])) - truth[i]));
      if (!(off <= claimed[i].bound.bound())) ++found.violations;
      if (!(off <= claimed[i].first_order.bound())) ++found.first_order_violations;
      if (claimed[i].bound.bound() > 0) found.clearances.push_back(off / claimed[i].bound.bound());
    }
  }
  return found;
}

template <class Real>
void expect_inside(const char* name, const FloatingPoint& format) {
  Search found = search<BoundRules, Real>(format, 3000);
  std::ranges::sort(found.clearances);
  const std::size_t n = found.clearances.size();
  std::printf("%-8s %zu bounds: clearance median %.2g, 90%% %.2g, worst %.3f\n", name, n,
              found.clearances[n / 2], found.clearances[n * 9 / 10], found.clearances.back());
  EXPECT_EQ(found.violations, 0u) << name;
  EXPECT_GT(n, 8000u) << name << ": too few of the programs say anything";
  EXPECT_GT(found.clearances[n * 9 / 10], 0.1) << name << ": the bounds are absurdly loose";
}

TEST(Perturbed, NoExpressionLeavesItsBound) {
  expect_inside<Toy>("toy", toy_format);
  expect_inside<float>("binary32", reference::binary32);
  expect_inside<double>("binary64", reference::binary64);
}

// ---- what is wrong on purpose is caught

TEST(Perturbed, DerivativesAtTheMiddleAloneAreCaught) {
  EXPECT_GT((search<BoundRules, double>(reference::binary64, 3000).first_order_violations), 0u);
}

struct NoRounding : BoundRules {
  static Upper rounding(const FloatingPoint&, double, Upper, Upper) { return {}; }
};
struct HalfTheRoundoff : BoundRules {
  static Upper rounding(const FloatingPoint& f, double units, Upper size, Upper change) {
    return BoundRules::rounding(f, units / 2, size, change);
  }
};
struct ForgetsAnAddition : BoundRules {
  static Upper summation(const FloatingPoint& f, std::size_t n, Upper mass) {
    return BoundRules::summation(f, n - 1, mass);
  }
};

template <class Rules>
class WrongPerturbed : public ::testing::Test {};
using Mutants = ::testing::Types<NoRounding, HalfTheRoundoff, ForgetsAnAddition>;
TYPED_TEST_SUITE(WrongPerturbed, Mutants);

TYPED_TEST(WrongPerturbed, IsCaught) {
  EXPECT_GT((search<TypeParam, Toy>(toy_format, 6000).violations), 0u) << "the mutant survives";
}

// ---- statements of the interface

class PerturbedInterface : public ::testing::Test {
 protected:
  using Number = reference::Perturbed;

  /// f's number's errors, for inputs in 1 ± radius and 2 ± radius.
  template <class F>
  RoundingTape::Errors errors(double radius, F f) {
    RoundingTape tape;
    const Number::Recording recording(tape);
    const Number a = Number::input(Ball{1, radius});
    const Number b = Number::input(Ball{2, radius});
    const std::vector<reference::NodeId> output{f(a, b).id()};
    return tape.errors(output);
  }

  DigitsScope digits_{30};
};

TEST_F(PerturbedInterface, ExactOperationsPassErrorsOnAndAddNone) {
  const auto passed = errors(0.25, [](const Number& a, const Number&) { return abs(-a); });
  EXPECT_EQ(passed.by_input.middle, (std::vector<double>{1, 0}));
  EXPECT_LT(passed.by_input.radius[0], 0x1p-50);  // of the sweep
  EXPECT_LT(passed.rounding[0].bound(), 3 * reference::underflow_allowance);
}

// What two uses of a number do may cancel: a running bound would have 2 |a|.
TEST_F(PerturbedInterface, ErrorsOfOneSourceCancel) {
  const auto cancelled = errors(0.25, [](const Number& a, const Number& b) { return (a + b) - a; });
  EXPECT_EQ(cancelled.by_input.middle, (std::vector<double>{0, 1}));
  EXPECT_LE(cancelled.by_input.radius[0], 4 * 6 * 0x1p-53);  // four edges of the sweep, six roundings each
}

TEST_F(PerturbedInterface, ADerivativeHasItsRangeOverTheBall) {
  const auto square = errors(0.25, [](const Number& a, const Number&) { return a * a; });
  EXPECT_EQ(square.by_input.middle[0], 2);
  EXPECT_GE(square.by_input.radius[0], 0.5);
  EXPECT_LE(square.by_input.radius[0], reference::settled(reference::settled(0.5).bound()).bound());
}

TEST_F(PerturbedInterface, AnOpenBranchMayJump) {
  const auto step = [](const Number& a, const Number&) {
    return Scalar<Number>::branch(
        a, Number(1), [] { return Number(5); }, [] { return Number(3); });
  };
  EXPECT_GE(errors(0.25, step).rounding[0].bound(), 2);
  const auto decided = [](const Number& a, const Number&) {
    return Scalar<Number>::branch(
        a, Number(0.5), [] { return Number(5); }, [] { return Number(3); });
  };
  EXPECT_TRUE(errors(0.25, decided).rounding[0].is_zero());
}

TEST_F(PerturbedInterface, PolesAreUnknownNeverWrong) {
  const auto known = [&](double radius, auto f) {
    const auto found = errors(radius, f);
    return Upper(found.by_input.radius[0]).is_finite() && found.rounding[0].is_finite();
  };
  const auto reciprocal = [](const Number& a, const Number& b) { return b / a; };
  const auto root = [](const Number& a, const Number&) { return sqrt(a); };
  EXPECT_TRUE(known(0.5, reciprocal));
  EXPECT_FALSE(known(1, reciprocal));
  EXPECT_TRUE(known(0.5, root));
  EXPECT_FALSE(known(1, root));
  EXPECT_FALSE(known(0.5, [](const Number& a, const Number&) { return exp(a * Number(709)); }));
  EXPECT_FALSE(known(1, [](const Number& a, const Number& b) { return (b / a) * Number(0); }));
}

TEST_F(PerturbedInterface, InputsComeFirst) {
  RoundingTape tape;
  const Number::Recording recording(tape);
  const Number a = Number::input(Ball{1, {}});
  EXPECT_FALSE((a * a).value().radius.is_zero());
  EXPECT_THROW(Number::input(Ball{1, {}}), std::logic_error);
}

}  // namespace
}  // namespace sca::test::perturbed
