#include "reference/adjoint.hpp"

#include <gtest/gtest.h>

#include "reference/autodiff.hpp"
#include "reference/bounded.hpp"
#include "tests/about_numbers.hpp"
#include "tests/reference/evaluation.hpp"
#include "tests/reference/few.hpp"
#include "tests/reference/random_layer.hpp"

namespace sca::reference {
namespace {

/// Far coarser than 60 digits: whatever is computed with those lies well within its bounds.
constexpr FloatingPoint coarse{{0x1p-120, 1}, 2, 2, 0, 0x1p1000};
constexpr unsigned digits_of_values = 60;

// ---- single operations: the derivative is a formula of its own

using Number = Adjoint<double>;

template <class Real>
using Slopes = std::pair<Real, Real>;

/// d f / d x at x, and by y.
template <class Real, class F>
Slopes<Real> slopes(F f, const Real& x, const Real& y) {
  using Recorded = Adjoint<Real>;
  Tape<Real> tape;
  const Recorded a(x, tape.variable(x));
  const Recorded b(y, tape.variable(y));
  const typename Recorded::Recording recording(tape);
  const std::vector<Recorded> out{f(a, b)};
  const std::vector<Real> one{Real(1)};
  const Gradient<Real> gradient(tape, std::span<const Recorded>(out), one);
  return {gradient.by(a), gradient.by(b)};
}

/// The slopes of f are derivative(x, y), but for rounding.
template <class F, class Derivative>
void expect_slopes(F f, Derivative derivative, double x = 0.75, double y = -1.5) {
  const auto tensor = []<class Real>(const Slopes<Real>& two) {
    return Tensor<Real>{{2}, {two.first, two.second}};
  };
  const auto [found, expected] = test::evaluate_in_double([&]<class Real>() {
    const Slopes<Real> right = derivative(Real(x), Real(y));
    return std::pair{tensor(slopes<Real>(f, Real(x), Real(y))), tensor(right)};
  });
  EXPECT_LE(test::clearance_of_the_same(found, expected), 1);
}

TEST(Adjoint, EveryArithmeticOperationHasItsDerivative) {
  expect_slopes([](auto a, auto b) { return a + b; }, []<class R>(R, R) { return Slopes<R>(1, 1); });
  expect_slopes([](auto a, auto b) { return a - b; }, []<class R>(R, R) { return Slopes<R>(1, -1); });
  expect_slopes([](auto a, auto b) { return -a * b; }, []<class R>(R x, R y) { return Slopes<R>(-y, -x); });
  expect_slopes([](auto a, auto b) { return a / b; },
                []<class R>(R x, R y) { return Slopes<R>(R(1) / y, -x / (y * y)); });
}

TEST(Adjoint, EveryFunctionHasItsDerivative) {
  using std::exp, std::sqrt;
  expect_slopes([](auto a, auto) { return sqrt(a); },
                []<class R>(R x, R) { return Slopes<R>(R(0.5) / sqrt(x), 0); });
  expect_slopes([](auto, auto b) { return exp(b); }, []<class R>(R, R y) { return Slopes<R>(0, exp(y)); });
  expect_slopes([](auto a, auto) { return log(a); }, []<class R>(R x, R) { return Slopes<R>(R(1) / x, 0); });
  expect_slopes([](auto a, auto) { return log1p(a); },
                []<class R>(R x, R) { return Slopes<R>(R(1) / (R(1) + x), 0); });
  expect_slopes([](auto a, auto b) { return abs(a) + abs(b); },
                []<class R>(R, R) { return Slopes<R>(1, -1); });
  expect_slopes([](auto a, auto) { return sigmoid(a); },
                []<class R>(R x, R) {
                  const R one_plus = R(1) + exp(-x);
                  return Slopes<R>(exp(-x) / (one_plus * one_plus), 0);
                });
  expect_slopes([](auto a, auto b) { return smaller(a, b) + larger(a, b) + larger(a, b); },
                []<class R>(R, R) { return Slopes<R>(2, 1); });
}

TEST(Adjoint, SineAndCosineTogether) {
  const auto f = []<class Recorded>(const Recorded& a, const Recorded& b) {
    Recorded sine(0.0);
    Recorded cosine(0.0);
    Scalar<Recorded>::sin_cos(a, sine, cosine);
    return sine * b + cosine;
  };
  using std::cos, std::sin;
  expect_slopes(f, []<class R>(R x, R y) { return Slopes<R>(cos(x) * y - sin(x), sin(x)); });
}

TEST(Adjoint, ANumberThatIsUsedTwiceCountsTwice) {
  expect_slopes([](auto a, auto b) { return a * a * a + b; },
                []<class R>(R x, R) { return Slopes<R>(R(3) * x * x, 1); });
  const auto square_and_itself = [](auto a, auto b) {
    const auto c = a * b;
    return c * c + c;
  };
  expect_slopes(square_and_itself, []<class R>(R x, R y) {
    const R outer = R(2) * x * y + R(1);
    return Slopes<R>(outer * y, outer * x);
  });
}

// The value itself at a clamp's bound is inside, as in the released code; beyond it nothing flows.
TEST(Adjoint, AClampIsOpenAtItsBounds) {
  const auto slope = [](double x) {
    const auto clamped = [](const Number& a, const Number&) { return clamp(a, Number(-1.0), Number(1.0)); };
    return slopes<double>(clamped, x, 0).first;
  };
  EXPECT_EQ(slope(1), 1);
  EXPECT_EQ(slope(-1), 1);
  EXPECT_EQ(slope(std::nextafter(1, 2)), 0);
  EXPECT_EQ(slope(-2), 0);
}

// A bounded value that may lie on either side of the bound has both derivatives within its error.
TEST(Adjoint, AnOpenKinkAllowsEitherSide) {
  const DigitsScope digits(50);
  Tape<Bounded> tape;
  const Bounded near_one = Bounded::within(Ball::exact(1), 1e-10);
  const Adjoint<Bounded> x(near_one, tape.variable(near_one));
  const Adjoint<Bounded>::Recording recording(tape);
  const std::vector<Adjoint<Bounded>> out{clamp(x, Adjoint<Bounded>(-1.0), Adjoint<Bounded>(1.0))};
  const std::vector<Bounded> one{Bounded(1)};
  const Bounded slope = Gradient<Bounded>(tape, std::span<const Adjoint<Bounded>>(out), one).by(x);
  EXPECT_LE(clearance(slope, 0), 1);
  EXPECT_LE(clearance(slope, 1), 1);
  EXPECT_GT(clearance(slope, 2.5), 1);
}

TEST(Adjoint, VariablesComeFirst) {
  Tape<double> tape;
  const Number a(2.0, tape.variable(2));
  const Number::Recording recording(tape);
  const Number b = a * a;
  EXPECT_THROW(tape.variable(b.value()), std::logic_error);
}

// One node for a row, a column, or a row of variables times constants; term by term otherwise: the same.
TEST(Adjoint, InnerProductsInOneNodeAreThoseTermByTerm) {
  Tape<double> tape;
  std::vector<Number> W;
  for (int i = 0; i < 6; ++i) W.emplace_back(0.5 + i, tape.variable(0.5 + i));
  const std::vector<Number> v{Number(2.0, tape.variable(2)), Number(3.0), Number(-1.0, tape.variable(-1))};
  const Number::Recording recording(tape);
  const auto both = [&](std::size_t first, std::size_t stride) {
    Number at_once(0.0);
    add_inner_product(
        at_once, 3, [&](std::size_t i) -> const Number& { return W[first + i * stride]; },
        [&](std::size_t i) -> const Number& { return v[i]; });
    Number by_terms(0.0);
    for (std::size_t i = 0; i < 3; ++i) by_terms = by_terms + W[first + i * stride] * v[i];
    return std::pair{at_once, by_terms};
  };
  const std::vector<double> one{1};
  for (const auto& [first, stride] : {std::pair<std::size_t, std::size_t>{0, 1}, {3, 1}, {1, 2}}) {
    const auto [at_once, by_terms] = both(first, stride);
    EXPECT_EQ(at_once.value(), by_terms.value());
    const std::vector<Number> a{at_once};
    const std::vector<Number> b{by_terms};
    const Gradient<double> of_a(tape, std::span<const Number>(a), one);
    const Gradient<double> of_b(tape, std::span<const Number>(b), one);
    for (const Number& w : W) EXPECT_EQ(of_a.by(w), of_b.by(w));
    for (const Number& x : v) EXPECT_EQ(of_a.by(x), of_b.by(x));
  }
}

// ---- the layer: reverse mode, bounded, against forward mode, which shares no derivative with it

/// Every input of `instance`, in order, through `as_variable(value)`.
template <class Real, class AsVariable>
std::pair<Layer<Real>, Tensor<Real>> with_variables(const test::Instance& one, AsVariable as_variable) {
  const auto convert = [&](const Tensor<double>& tensor) { return tensor_cast<Real>(tensor, as_variable); };
  const auto source = [&](const std::string& name, const Shape& shape) {
    return convert(test::hashed_source<double>(one.seed)(name, shape));
  };
  auto parameters = read_layer_parameters<Real>(one.config, source);
  auto x = convert(one.x<double>());
  return {Layer<Real>{one.config, one.dialect, std::move(parameters), {}, {}}, std::move(x)};
}

template <class Real>
Tensor<Real> output(Layer<Real>& layer, const Tensor<Real>& x) {
  return forward(make_layer(layer.config, layer.dialect, layer.parameters), x).out;
}

/// d sum_i G_i out_i by all parameters, then x.
std::vector<Float> by_forward_mode(const test::Instance& one, std::size_t count) {
  Eigen::Index next = 0;
  auto [layer, x] = with_variables<Dual<Float>>(
      one, [&](double value) { return variable(Float(value), static_cast<Eigen::Index>(count), next++); });
  const auto out = output(layer, x);
  std::vector<Float> gradient(count, Float(0));
  for (std::size_t i = 0; i < out.data.size(); ++i) {
    for (std::size_t j = 0; j < count; ++j) {
      gradient[j] +=
          Float(test::hashed(one.seed, 99, i)) * derivative(out.data[i], static_cast<Eigen::Index>(j));
    }
  }
  return gradient;
}

std::vector<Bounded> by_reverse_mode(const test::Instance& one, std::size_t& count) {
  Tape<Bounded> tape;
  count = 0;
  auto [layer, x] = with_variables<Adjoint<Bounded>>(one, [&](double value) {
    ++count;
    return Adjoint<Bounded>(Bounded::exact(value), tape.variable(Bounded::exact(value)));
  });
  const Adjoint<Bounded>::Recording recording(tape);
  const auto out = output(layer, x);
  std::vector<Bounded> cotangents;
  for (std::size_t i = 0; i < out.data.size(); ++i)
    cotangents.push_back(Bounded::exact(test::hashed(one.seed, 99, i)));
  const Gradient<Bounded> gradient(tape, std::span<const Adjoint<Bounded>>(out.data), cotangents);
  std::vector<Bounded> result;
  for (NodeId i = 0; i < count; ++i) result.push_back(gradient.at(i));
  return result;
}

/// |forward mode - reverse mode| is within the bound, and the bound says something.
void assert_modes_agree(const test::Instance& one) {
  const DigitsScope digits(digits_of_values);
  const FloatingPointScope scope(coarse);
  std::size_t count = 0;
  const std::vector<Bounded> reverse = by_reverse_mode(one, count);
  const std::vector<Float> forward = by_forward_mode(one, count);
  for (std::size_t i = 0; i < count; ++i) {
    const Upper off = middle_distance(Ball{forward[i], {}}, reverse[i].value());
    const Upper bound = test::bound(reverse[i]);
    if (bound < off)
      RC_LOG() << "variable " << i << " of " << count << ": " << off.bound() << " > " << bound.bound();
    RC_ASSERT(!(bound < off));
  }
  RC_ASSERT(!test::vacuous(reverse));
}

constexpr int instances = 15;
TEST(Adjoint, ForwardModeAgreesByEveryVariableAsReleased) {
  sca::test::check_few(instances, [] { assert_modes_agree(test::any_instance(Dialect::released())); });
}
TEST(Adjoint, ForwardModeAgreesByEveryVariableAsInThePaper) {
  SCA_ABOUT_NUMBERS();
  sca::test::check_few(instances, [] { assert_modes_agree(test::any_instance(Dialect::paper())); });
}

}  // namespace
}  // namespace sca::reference
