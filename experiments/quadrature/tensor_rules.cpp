#include <algorithm>
#include <cmath>

#include "experiments/quadrature/axis_rule.hpp"
#include "experiments/quadrature/rules.hpp"
#include "theory/scalar.hpp"

namespace sca::experiments {
namespace {

/// prod K - prod W of the axes, telescoped: small defects stay accurate.
double product_defect(const AxisRule& rule, std::span<const double> x, double scale) {
  double sum = 0;
  double kernels = 1;  // of the axes so far
  for (const double component : x) {
    const double a = scale * component;
    const double window = rule.window(a);
    const double defect = rule.defect(a);
    sum = sum * window + kernels * defect;
    kernels *= window + defect;
  }
  return sum;
}

double product_window(const AxisRule& rule, std::span<const double> x, double scale) {
  double product = 1;
  for (const double component : x) product *= rule.window(scale * component);
  return product;
}

bool has_panels(Axis axis) { return axis == Axis::midpoint || axis == Axis::trapezoid; }

/// The same scale on every axis: T, or sigma.
double scale_of(Axis axis, const Target& target, double phase) {
  return axis == Axis::gauss_hermite ? gaussian_width(target, phase) : half_width(target, phase);
}

/// Of every instance's largest T |x|, the least and the greatest.
std::pair<double, double> phase_range(Axis axis, const Problem& problem) {
  std::vector<double> largest;
  for (const Target& target : problem.targets) {
    double here = 0;
    for (const double x : target.differences) here = std::max(here, std::abs(x));
    largest.push_back(here * scale_of(axis, target, problem.phase));
  }
  const auto [least, greatest] = std::ranges::minmax(largest);
  return {least, greatest};
}

void add_instance(SizeResult& size, const Target& target, const AxisRule& rule, double scale) {
  std::vector<std::complex<double>> defect;
  std::vector<std::complex<double>> bias;
  std::vector<std::complex<double>> total;
  std::vector<double> bound;
  for (std::size_t v = 0; v < target.size(); ++v) {
    const auto x = target.difference(v);
    defect.emplace_back(product_defect(rule, x, scale));
    bias.emplace_back(product_window(rule, x, scale) - target.ideal[v]);
    total.push_back(defect.back() + bias.back());
    double sum = 0;
    for (const double component : x) sum += rule.bound(scale * component);
    bound.push_back(sum);
  }
  size.own.push_back(readout_error(target, defect));
  size.bound.push_back(readout_bound(target, [&](std::size_t v) { return bound[v]; }));
  if (target.is_quotient()) return;  // linearised around the window, which is the ideal
  size.bias.push_back(readout_error(target, bias));
  size.total.push_back(readout_error(target, total));
}

void run(Axis axis, const Problem& problem, Series& series) {
  const auto [least, greatest] = phase_range(axis, problem);
  for (const std::size_t n : problem.nodes) {
    const bool has_ends = axis == Axis::trapezoid || axis == Axis::clenshaw_curtis;
    SizeResult size;
    size.n = n;
    size.M = std::pow(static_cast<double>(n), static_cast<double>(series.key.d));
    if (!std::isfinite(size.M) || (has_ends && n < 2)) continue;
    const auto rule = axis_rule(axis, n, least);
    if (rule == nullptr) continue;
    size.arithmetic = rule->arithmetic();
    const auto panels = static_cast<double>(axis == Axis::trapezoid ? n - 1 : n);
    size.precondition = !has_panels(axis) || panels > greatest / pi<double>();
    if (!problem.targets.front().is_quotient())
      size.phase = axis == Axis::gauss_hermite ? problem.phase / 2 : problem.phase;
    for (const Target& target : problem.targets)
      add_instance(size, target, *rule, scale_of(axis, target, problem.phase));
    if (size.total.empty()) size.total = size.own;
    series.sizes.push_back(std::move(size));
  }
}

Theory panel_theory(std::size_t d) {
  return {.slope = -2 / static_cast<double>(d),
          .bound = BoundKind::each,
          .words = "M^(-2/d)",
          .needs = "n > T max|x|/pi panels on each axis"};
}

Theory gauss_theory(const char* words) {
  return {.slope = {}, .bound = BoundKind::each, .words = words, .needs = "none"};
}

Rule rule(const char* name, const char* window, Axis axis, const char* words) {
  return {.id = std::string("tensor/") + name,
          .window = window,
          .band = "fixed",
          .run =
              [axis, words](const Problem& problem, Series& series) {
                series.own_theory = has_panels(axis) ? panel_theory(series.key.d) : gauss_theory(words);
                run(axis, problem, series);
              },
          // Closed forms reach any dimension; for n^64 nodes nobody needs MPFR.
          .most_dimensions = has_panels(axis) ? std::size_t{64} : std::size_t{8}};
}

}  // namespace

std::vector<Rule> tensor_rules() {
  return {rule("midpoint", "cube", Axis::midpoint, ""), rule("trapezoid", "cube", Axis::trapezoid, ""),
          rule("gauss-legendre", "cube", Axis::gauss_legendre, "2^2n (n!)^4 a^2n/((2n+1) (2n)!^3), a = T|x|"),
          rule("clenshaw-curtis", "cube", Axis::clenshaw_curtis, "4 (a/2)^e/e!, a = T|x|, e > n-1 even"),
          rule("gauss-hermite", "gaussian", Axis::gauss_hermite, "n! a^2n/(2n)!, a = sigma|x|")};
}

}  // namespace sca::experiments
