#include "reference/bounded.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "tests/reference/expression.hpp"

namespace sca::test {
namespace {

using reference::BasicBounded;
using reference::Bounded;
using reference::BoundRules;
using reference::DigitsScope;
using reference::FloatingPoint;
using reference::FloatingPointScope;
using reference::Lower;
using reference::Upper;

constexpr unsigned truth_bits = 320;

/// Certainly outside of a bound that says anything.
template <class Rules>
bool violated(const BasicBounded<Rules>& bound, const Interval& truth, double got) {
  if (!bound.error().is_finite()) return false;
  if (!std::isfinite(got)) return true;
  return bound.error().bound() < lower_double(mignitude(Interval(got) - truth));
}

/// The ball that carries the exact value may certainly not hold it.
template <class Rules>
bool misses(const BasicBounded<Rules>& bound, const Interval& truth) {
  const auto& [middle, radius] = bound.value();
  if (!radius.is_finite()) return false;
  Interval centre;
  mpfi_set_fr(centre.backend().data(), middle.backend().data());
  return radius.bound() < lower_double(mignitude(centre - truth));
}

// ---- one operation, operands with errors

struct Operand {
  double exact;
  double computed;
};

template <class Real>
double in_format(double x) {
  return static_cast<double>(static_cast<Real>(x));
}

/// Numbers where things happen: ordinary, next to 1, around 20, tiny, huge, subnormal in f32 and f64, zero.
double special(std::uint64_t bits) {
  const double fraction = 1 + static_cast<double>((bits >> 8) & 0xFFFFF) * 0x1p-20;
  const double sign = (bits & 1) != 0 ? -1 : 1;
  const int spread = static_cast<int>((bits >> 28) % 17) - 8;
  switch ((bits >> 1) % 12) {
    case 0: return sign * (1 + std::ldexp(fraction, -4 - static_cast<int>((bits >> 28) % 20)));
    case 1: return 20 + std::ldexp(fraction, spread) * sign;
    case 2: return sign * std::ldexp(fraction, -60 + spread);
    case 3: return sign * std::ldexp(fraction, 60 + spread);
    case 4: return sign * std::ldexp(fraction, -141 + spread);
    case 5: return sign * std::ldexp(fraction, -1066 + spread);
    case 6: return sign * std::ldexp(fraction, 120 + spread);
    case 7: return (bits >> 28) % 4 == 0 ? 0 : sign * std::ldexp(fraction, 1016 + spread / 2);
    default: return sign * std::ldexp(fraction, spread / 2);
  }
}

/// An exact number and a computed one, which is of the format: equal, close, or as far apart as the number
/// is large.
template <class Real>
Operand operand(std::uint64_t bits) {
  const double base = special(bits);
  const double computed = in_format<Real>(base);
  switch ((bits >> 40) % 4) {
    case 0: return {computed, computed};
    case 1: return {base, computed};
    case 2: return {computed * (1 + std::ldexp(1.0, -static_cast<int>((bits >> 44) % 24))), computed};
    default: return {computed * (static_cast<double>((bits >> 44) % 64) - 16) / 16, computed};
  }
}

template <class Rules>
BasicBounded<Rules> bounded(const Operand& x) {
  const Upper error = Upper::above(std::abs(x.computed - x.exact));
  return BasicBounded<Rules>::within(reference::Ball::exact(x.exact),
                                     x.computed == x.exact ? Upper() : error);
}

struct Search {
  std::string violation;
  std::array<double, op_names.size()> worst{};  ///< clearance
};

template <class Rules, class Real>
Search search_operations(const FloatingPoint& format, std::uint64_t trials) {
  const DigitsScope digits(60);
  const PrecisionScope bits(truth_bits);
  const FloatingPointScope scope(format);
  Search search;
  for (std::uint64_t i = 0; i < trials; ++i) {
    const auto op = static_cast<Op>(i % unary_and_binary);
    const Operand a = operand<Real>(hash(1, i));
    const Operand b = i % 7 == 0 ? Operand{-a.exact, -a.computed} : operand<Real>(hash(2, i));
    const bool off_domain =
        (op == Op::sqrt || op == Op::log) ? a.exact <= 0 : op == Op::log1p && a.exact <= -1;
    if (off_domain || (op == Op::divide && b.exact == 0)) continue;
    const auto bound = apply<BasicBounded<Rules>>(op, bounded<Rules>(a), bounded<Rules>(b));
    const Interval truth = apply<Interval>(op, Interval(a.exact), Interval(b.exact));
    const auto got =
        static_cast<double>(apply<Real>(op, static_cast<Real>(a.computed), static_cast<Real>(b.computed)));
    if (violated(bound, truth, got) || misses(bound, truth)) {
      std::ostringstream text;
      text << op_names[i % unary_and_binary] << std::hexfloat << " a " << a.exact << " as " << a.computed
           << " b " << b.exact << " as " << b.computed << " got " << got << " bound "
           << bound.error().bound();
      search.violation = text.str();
      return search;
    }
    if (!bound.error().is_finite()) continue;
    double& worst = search.worst[i % unary_and_binary];
    worst = std::max(worst, clearance(bound, got));
  }
  return search;
}

/// 1 + h + h + ..., each h half a unit in the last place: every addition loses all of it, in one order; and
/// the rest of the orders, fused products, cancelling masses.
template <class Rules, class Real>
std::string search_sums(const FloatingPoint& format, std::uint64_t trials) {
  const DigitsScope digits(60);
  const PrecisionScope bits(truth_bits);
  const FloatingPointScope scope(format);
  for (std::uint64_t i = 0; i < trials; ++i) {
    const std::size_t n = 2 + hash(3, i) % 40;
    std::vector<double> a{1};
    a.reserve(n);
    for (std::size_t j = 1; j < n; ++j) {
      const double x = static_cast<double>(hash(i, j) % 512) / 256 - 1;
      a.push_back(in_format<Real>(i % 3 == 0   ? format.u()
                                  : i % 3 == 1 ? x
                                               : x * std::ldexp(1.0, static_cast<int>(hash(j, i) % 16))));
    }
    if (i % 3 != 0) a[n / 2] = -a[0];
    const auto as = [&a]<class To>(To) { return std::vector<To>(a.begin(), a.end()); };
    std::vector<BasicBounded<Rules>> terms;
    terms.reserve(n);
    for (const double x : a) terms.push_back(BasicBounded<Rules>::exact(x));
    const auto exact = as(Interval());
    const auto computed = as(Real(0));
    const bool product = i % 2 == 1;
    const auto bound =
        product ? dot<BasicBounded<Rules>>(terms, terms, i) : add_up<BasicBounded<Rules>>(terms, i);
    const Interval truth = product ? dot<Interval>(exact, exact, i) : add_up<Interval>(exact, i);
    Real in_order = computed[0];
    for (std::size_t j = 1; j < n; ++j) in_order = in_order + computed[j];
    const Real other = product ? dot<Real>(computed, computed, i / 2) : add_up<Real>(computed, i);
    if (violated(bound, truth, static_cast<double>(other)) ||
        (!product && violated(bound, truth, static_cast<double>(in_order)))) {
      return "sum " + std::to_string(i) + " of " + std::to_string(n);
    }
  }
  return "";
}

template <class Rules>
std::string first_violation(std::uint64_t trials) {
  std::string found = search_operations<Rules, Toy>(toy_format, trials).violation;
  if (found.empty()) found = search_operations<Rules, float>(reference::binary32, trials).violation;
  if (found.empty()) found = search_operations<Rules, double>(reference::binary64, trials).violation;
  if (found.empty()) found = search_sums<Rules, Toy>(toy_format, trials / 16);
  if (found.empty()) found = search_sums<Rules, double>(reference::binary64, trials / 16);
  return found;
}

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

// ---- expressions

Program program_of(std::uint64_t seed, std::size_t steps) {
  Program program;
  for (std::uint64_t i = 0; i < 6; ++i) {
    const std::uint64_t bits = hash(seed, i);
    // Eight bits: of every format. Mostly of size 1: what overflows at once says nothing.
    const double x = (1 + static_cast<double>(bits % 128) / 128) * ((bits >> 8) % 2 == 0 ? 1 : -1);
    program.inputs.push_back(std::ldexp(x, (bits >> 9) % 8 == 0 ? static_cast<int>((bits >> 12) % 40) - 30
                                                                : static_cast<int>((bits >> 12) % 5) - 3));
  }
  for (std::size_t i = 0; i < steps; ++i) program.steps.push_back(hash(seed, 100 + i));
  return program;
}

/// The first register that is outside its bound, and the clearances of all that say anything.
template <class Real>
std::optional<std::size_t> outside(const Program& program, const FloatingPoint& format,
                                   std::vector<double>& clearances) {
  const DigitsScope digits(60);
  const PrecisionScope bits(truth_bits);
  const FloatingPointScope scope(format);
  const auto bounds = run<Bounded>(program, [](double x) { return Bounded::exact(x); });
  const auto truth = run<Interval>(program, [](double x) { return Interval(x); });
  const auto computed = run<Real>(program, [](double x) { return static_cast<Real>(x); });
  for (std::size_t i = program.inputs.size(); i < bounds.size(); ++i) {
    const auto got = static_cast<double>(computed[i]);
    if (violated(bounds[i], truth[i], got) || misses(bounds[i], truth[i])) return i;
    if (!bounds[i].vacuous() && !bounds[i].error().is_zero()) clearances.push_back(clearance(bounds[i], got));
  }
  return std::nullopt;
}

RC_GTEST_PROP(Bounded, NoExpressionLeavesItsBound, ()) {
  Program program = program_of(*rc::gen::arbitrary<std::uint64_t>(), 0);
  program.steps =
      *rc::gen::container<std::vector<std::uint64_t>>(rc::gen::inRange<std::uint64_t>(0, 1u << 20));
  std::vector<double> ignored;
  RC_ASSERT(!outside<Toy>(program, toy_format, ignored));
  RC_ASSERT(!outside<float>(program, reference::binary32, ignored));
  RC_ASSERT(!outside<double>(program, reference::binary64, ignored));
}

template <class Real>
void report_clearances(const char* name, const FloatingPoint& format) {
  std::vector<double> clearances;
  for (std::uint64_t seed = 0; seed < 1500; ++seed) {
    const Program program = program_of(seed, 24);
    const auto bad = outside<Real>(program, format, clearances);
    EXPECT_FALSE(bad) << name << " seed " << seed << " register " << bad.value_or(0);
  }
  std::sort(clearances.begin(), clearances.end());
  const auto quantile = [&](double q) {
    return clearances[static_cast<std::size_t>(q * static_cast<double>(clearances.size() - 1))];
  };
  std::printf("%-8s %zu bounds: clearance median %.2g, 90%% %.2g, 99%% %.2g, worst %.3f\n", name,
              clearances.size(), quantile(0.5), quantile(0.9), quantile(0.99), clearances.back());
  EXPECT_GT(clearances.size(), 10000u);
  EXPECT_LE(clearances.back(), 1) << name;
  EXPECT_GT(quantile(0.9), 0.01) << "the bounds are absurdly loose";
}

TEST(Bounded, ClearancesAreNotAbsurdlySmall) {
  report_clearances<Toy>("toy", toy_format);
  report_clearances<float>("binary32", reference::binary32);
  report_clearances<double>("binary64", reference::binary64);
}

// ---- statements of the interface

class BoundedInterface : public ::testing::Test {
  DigitsScope digits_{50};
};

TEST_F(BoundedInterface, ConstantsAreRoundedUnlessTheyAreOfTheFormat) {
  const FloatingPointScope scope(reference::binary32);
  EXPECT_TRUE(Bounded(3).error().is_zero());
  EXPECT_TRUE(Bounded(0x1.000002p0).error().is_zero());
  EXPECT_TRUE(Bounded(0).error().is_zero());
  EXPECT_FALSE(Bounded(0x1.000001p0).error().is_zero());
  EXPECT_GE(Bounded(1e-6).error().bound(), std::abs(static_cast<double>(1e-6F) - 1e-6));
  EXPECT_LE(Bounded(1e-6).error().bound(), 1.001e-6 * 0x1p-24);
  EXPECT_FALSE(Bounded(1e300).error().is_finite());
  EXPECT_TRUE(Bounded::exact(0x1.000001p0).error().is_zero());
}

TEST_F(BoundedInterface, PolesAreUnknownNeverWrong) {
  const Bounded x = Bounded::within(reference::Ball::exact(1), 1);
  const Bounded zero = x - x;
  for (const Bounded& y :
       {Bounded(1) / x, sqrt(x), log(x), Bounded(1) / zero, log1p(-x), x / Bounded(0), sqrt(Bounded(-1)),
        log(Bounded(0)), exp(Bounded(710)), Bounded(1e300) * Bounded(1e300), Bounded::exact(NAN),
        Bounded::exact(INFINITY), Bounded::exact(INFINITY) * Bounded(0)}) {
    EXPECT_FALSE(y.error().is_finite());
    EXPECT_TRUE(y.vacuous());
    EXPECT_EQ(clearance(y, 0.0), INFINITY);
  }
  EXPECT_TRUE(sqrt(Bounded(0)).error().bound() < 1e-300);
}

TEST_F(BoundedInterface, OverflowInsideASigmoidIsHarmless) {
  for (const double x : {-750.0, -2000.0, -1e10}) {
    const Bounded result = sigmoid(Bounded::within(reference::Ball::exact(x), 0.25));
    EXPECT_LT(result.error().bound(), 1e-300);
    EXPECT_LE(clearance(result, reference::sigmoid(x)), 1);
  }
  EXPECT_LT(sigmoid(Bounded::exact(2000)).error().bound(), 0x1p-50);
}

TEST_F(BoundedInterface, ANanIsNeverWithin) {
  const Bounded x = Bounded::exact(1) / Bounded(3);
  EXPECT_LE(clearance(x, 1.0 / 3), 1);
  EXPECT_GT(clearance(x, std::nextafter(std::nextafter(1.0 / 3, 1), 1)), 1);
  EXPECT_EQ(clearance(x, NAN), INFINITY);
  EXPECT_EQ(clearance(Bounded(2), 2.0), 0);
  EXPECT_EQ(clearance(Bounded(2), 2.5), INFINITY);
}

TEST_F(BoundedInterface, SumsAreBoundedForEveryOrderUntilTheyAreClosed) {
  const auto chain = [](bool close) {
    Bounded sum(0);
    for (int i = 0; i < 100; ++i) {
      sum = sum + Bounded::exact(1);
      if (close) sum = sum.closed();
    }
    return sum.error().bound();
  };
  EXPECT_NEAR(chain(false), 99 * 100 * 0x1p-53, 1e-20);
  EXPECT_LT(chain(true), 0.6 * chain(false));
  FloatingPoint balanced = reference::binary64;
  balanced.sum_depth = 7;
  const FloatingPointScope scope(balanced);
  EXPECT_NEAR(chain(false), 7 * 100 * 0x1p-53, 1e-20);
}

TEST_F(BoundedInterface, EachOperationIsChargedToTheEvaluationInForce) {
  Bounded sum = Bounded::exact(1) + Bounded::exact(1);
  {
    const FloatingPointScope scope(reference::binary32);
    sum = sum + Bounded::exact(1);
    EXPECT_GE(sum.error().bound(), 3 * 0x1p-24);
  }
  EXPECT_GE((sum + Bounded::exact(1)).error().bound(), 3 * 0x1p-24 + 4 * 0x1p-53);
}

TEST_F(BoundedInterface, StoredRoundingsAreAdded) {
  const Bounded x = Bounded::rounded(static_cast<double>(0.1F), reference::binary32);
  EXPECT_GE(x.error().bound(), std::abs(0.1 - static_cast<double>(0.1F)));
  const Bounded y = (Bounded::exact(1) / Bounded(3)).stored_as(reference::binary32);
  EXPECT_LE(clearance(y, static_cast<double>(1.0F / 3)), 1);
  EXPECT_LT(y.error().bound(), 0x1p-24);
}

}  // namespace
}  // namespace sca::test
