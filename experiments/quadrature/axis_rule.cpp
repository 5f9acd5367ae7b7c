#include "experiments/quadrature/axis_rule.hpp"

#include <cmath>
#include <limits>
#include <map>
#include <mutex>
#include <type_traits>

#include "reference/gauss.hpp"
#include "reference/multiprecision.hpp"
#include "theory/axis_rules.hpp"
#include "theory/quadrature.hpp"

namespace sca::experiments {
namespace {

using reference::Float;

constexpr double smallest = 1e-100;
constexpr int guard_bits = 32;  // kept below the bound: the defect may be smaller than that by n^3

double axis_bound(Axis kind, std::size_t n, double a) {
  switch (kind) {
    case Axis::midpoint: return a * a / (6.0 * static_cast<double>(n) * static_cast<double>(n));
    case Axis::trapezoid: {
      const auto panels = static_cast<double>(n - 1);
      return a * a / (3.0 * panels * panels);
    }
    case Axis::gauss_legendre: return gauss_legendre_bound(n, a);
    case Axis::clenshaw_curtis: return clenshaw_curtis_bound(n - 1, a);
    case Axis::gauss_hermite: return gauss_hermite_bound(n, a);
  }
  return std::numeric_limits<double>::infinity();
}

/// Midpoint and trapezoid: closed forms, whose defects never reach a double's rounding.
class PanelRule : public AxisRule {
 public:
  PanelRule(Axis kind, std::size_t n) : kind_(kind), n_(n) {}
  double window(double a) const override { return sinc(a); }
  double defect(double a) const override {
    return (kind_ == Axis::midpoint ? midpoint_kernel(n_, a) : trapezoid_kernel(n_ - 1, a)) - sinc(a);
  }
  double bound(double a) const override { return axis_bound(kind_, n_, a); }
  std::string arithmetic() const override { return "f64"; }

 private:
  Axis kind_;
  std::size_t n_;
};

FiniteRule<Float> midpoints(const reference::QuadratureRule& enclosed, double weight) {
  FiniteRule<Float> rule;
  const auto middle = [](const Interval& x) {
    Float value;
    mpfi_mid(value.backend().data(), x.backend().data());
    return value;
  };
  for (const Interval& node : enclosed.nodes) rule.nodes.push_back(middle(node));
  for (const Interval& w : enclosed.weights) rule.weights.push_back(middle(w) * weight);
  return rule;
}

/// Nodes and weights at `bits`; FLINT/Arb isolates Hermite roots slowly, and every series asks for the same.
FiniteRule<Float> gauss_rule(Axis kind, std::size_t n, unsigned bits) {
  if (kind == Axis::clenshaw_curtis) return clenshaw_curtis_rule<Float>(n - 1);
  static std::mutex mutex;
  static std::map<std::tuple<Axis, std::size_t, unsigned>, FiniteRule<Float>> known;
  const std::scoped_lock lock(mutex);
  auto& rule = known[{kind, n, bits}];
  if (rule.nodes.empty()) {
    const PrecisionScope scope(bits);
    rule = kind == Axis::gauss_legendre ? midpoints(reference::gauss_legendre(n), 0.5)
                                        : midpoints(reference::gauss_hermite(n), 1);
  }
  return rule;
}

unsigned digits_of(unsigned bits) { return static_cast<unsigned>(std::ceil(bits * std::log10(2.0))) + 1; }

template <class Real>
class NodeRule : public AxisRule {
 public:
  NodeRule(Axis kind, std::size_t n, unsigned bits) : kind_(kind), n_(n), bits_(bits) {
    const reference::DigitsScope scope(digits_of(bits));
    const FiniteRule<Float> rule = gauss_rule(kind, n, bits);
    // Nodes come in pairs +-theta, of one cosine.
    const std::size_t count = rule.nodes.size();
    for (std::size_t m = 0; 2 * m < count; ++m) {
      const bool is_middle = 2 * m + 1 == count;
      nodes_.push_back(static_cast<Real>(rule.nodes[m]));
      weights_.push_back(static_cast<Real>(Float(rule.weights[m] * (is_middle ? 1 : 2))));
    }
  }
  double window(double a) const override { return static_cast<double>(window_of<double>(a)); }
  double defect(double a) const override {
    const reference::DigitsScope scope(digits_of(bits_));
    const Real exact(a);
    return static_cast<double>(Real(cosine_rule<Real>(nodes_, weights_, exact) - window_of<Real>(exact)));
  }
  double bound(double a) const override { return axis_bound(kind_, n_, a); }
  std::string arithmetic() const override {
    return std::is_same_v<Real, double> ? "f64" : "mpfr" + std::to_string(bits_);
  }

 private:
  template <class T>
  T window_of(const T& a) const {
    using std::exp;
    return kind_ == Axis::gauss_hermite ? T(exp(T(-a * a / T(2)))) : sinc(a);
  }

  Axis kind_;
  std::size_t n_;
  unsigned bits_;
  std::vector<Real> nodes_;
  std::vector<Real> weights_;
};

}  // namespace

std::unique_ptr<AxisRule> axis_rule(Axis kind, std::size_t n, double least_a) {
  if (kind == Axis::midpoint || kind == Axis::trapezoid) return std::make_unique<PanelRule>(kind, n);
  const double bound = axis_bound(kind, n, least_a);
  if (bound < smallest) return nullptr;
  // n products and sums of numbers up to 1.
  const double rounding = std::log2(static_cast<double>(n) + 3);
  const double bits = guard_bits + rounding - std::min(0.0, std::log2(bound));
  constexpr unsigned of_double = std::numeric_limits<double>::digits;
  if (bits <= of_double) return std::make_unique<NodeRule<double>>(kind, n, of_double);
  return std::make_unique<NodeRule<Float>>(kind, n, static_cast<unsigned>(bits) + 1);
}

}  // namespace sca::experiments
