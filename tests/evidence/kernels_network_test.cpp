// Networks as the checker sees them, and derivatives that are taken of values alone.

#include <gtest/gtest.h>

#include "evidence/kernels/bench.hpp"
#include "evidence/kernels/network_properties.hpp"
#include "evidence/kernels/trial.hpp"
#include "evidence/networks/network_case.hpp"
#include "evidence/operators/difference.hpp"
#include "kernels/registry.hpp"

namespace sca::evidence::kernels {
namespace {

using judge::Verdict;
using reference::Float;

TEST(NetworkCases, ALineIsAReproductionAndBothDialectsHaveTheirTurn) {
  std::size_t paper = 0;
  const auto cases = networks::fixed_cases(1);
  for (const operators::OperatorCase& one : cases) {
    EXPECT_EQ(kind_of(parse_case(to_line(one))), network_kind);
    EXPECT_EQ(to_line(parse_case(to_line(one))), to_line(one));
    paper += one.size("paper");
  }
  EXPECT_EQ(2 * paper, cases.size());
}

TEST(NetworkCases, TheirPropertiesAreTheirOwn) {
  const Case one = networks::fixed_cases(1).front();
  for (const char* name : {"forward", "step", "backward", "directions", "calls"})
    EXPECT_EQ(properties_that_fit(name, one).size(), 1U) << name;
  EXPECT_TRUE(properties_that_fit("nan", one).empty());
}

TEST(OurNetwork, KeepsEveryProperty) {
  const reference::DigitsScope digits(reference_digits);
  Oracle oracle;
  const Kernel network = our_network();
  std::size_t attention = 0;
  for (const operators::OperatorCase& one : networks::fixed_cases(2)) {
    attention += networks::config_of(one).attention_blocks();
    for (const Property* property : properties_that_fit("*", one)) {
      const Outcome outcome = check(*property, network, one, oracle);
      EXPECT_EQ(outcome.verdict, Verdict::pass) << property->name << " " << to_line(one) << "\n"
                                                << outcome.what;
    }
  }
  EXPECT_GT(attention, 0U);
}

TEST(Difference, IsTheDerivativeAndItsErrorIsNotLess) {
  const auto difference_of = [](Float (*f)(const Float&)) {
    return operators::difference([=](const Float& s) { return f(Float(0.75) + s); });
  };
  const reference::DigitsScope digits(90);
  const auto of_exp = difference_of([](const Float& x) { return Float(exp(x)); });
  const Float off = abs(of_exp.value - exp(Float(0.75)));
  EXPECT_LE(off, Float(of_exp.error));
  const Float s("1e-30");
  EXPECT_LT(Float(of_exp.error), 2 * exp(Float(0.75)) * s * s) << "twice s^2 times the third derivative";
  const auto of_square = difference_of([](const Float& x) { return Float(x * x); });
  EXPECT_LE(abs(of_square.value - Float(1.5)), Float("1e-89") / s) << "exact but for values of 90 digits";
}

/// The plain operators, but that the gate's gradient goes past the SiLU.
void swiglu_backward_without_slope(const sca::kernels::SwigluBackward<double>& call) {
  sca::kernels::f64_operators().front()->swiglu_backward(call);
  for (std::int64_t i = 0; i < call.rows; ++i) {
    for (std::int64_t j = 0; j < call.width; ++j) {
      const std::int64_t a = 2 * i * call.width + j;
      call.both_gradient[a + call.width] = call.h_gradient[i * call.width + j] * call.both[a];
    }
  }
}

TEST(Directions, AWrongGradientIsSeenAlongARandomOne) {
  const reference::DigitsScope digits(reference_digits);
  Oracle oracle;
  sca::kernels::Operators<double> table = *sca::kernels::f64_operators().front();
  const operators::OperatorCase one{"swiglu", {{"rows", 2}, {"width", 5}}, "uniform", 3};
  const Property& directions = *properties_that_fit("directions", one).front();
  const Kernel kernel = OperatorKernel{operators::definition("swiglu"), &table};
  EXPECT_EQ(check(directions, kernel, one, oracle).verdict, Verdict::pass);
  table.swiglu_backward = swiglu_backward_without_slope;
  EXPECT_EQ(check(directions, kernel, one, oracle).verdict, Verdict::fail);
  table.swiglu_backward = [](const sca::kernels::SwigluBackward<double>&) {};  // leaves NaNs
  EXPECT_EQ(check(directions, kernel, one, oracle).verdict, Verdict::fail);
}

}  // namespace
}  // namespace sca::evidence::kernels
