#include "proofs_numeric/windows.hpp"

#include <cmath>

namespace sca::proofs {
namespace {

// Room for the rounding of the few operations below.
constexpr double margin = 1 + 0x1p-40;

double share(const Instance& instance, double error) {
  return error / static_cast<double>(instance.prefix.t - 1);
}

}  // namespace

bool separated(const Instance& instance) { return instance.distinct() && instance.gaps.has_value(); }

Gaps<Interval> enclosed_gaps(const Instance& instance) {
  return {to_interval(instance.gaps->sup), to_interval(instance.gaps->euclidean_squared),
          to_interval(instance.gaps->spread)};
}

Gaps<double> safe_gaps(const Instance& instance) {
  const Gaps<Interval> gaps = enclosed_gaps(instance);
  return {lower_double(gaps.sup), lower_double(gaps.euclidean_squared), upper_double(gaps.spread)};
}

double cube_half_width(const Instance& instance, double error) {
  return margin / (share(instance, error) * safe_gaps(instance).sup);
}

double fejer_half_width(const Instance& instance, double error) {
  return margin * 2 / (std::sqrt(share(instance, error)) * safe_gaps(instance).sup);
}

double gaussian_sigma(const Instance& instance, double error) {
  return margin * std::sqrt(2 * -std::log(share(instance, error))) /
         std::sqrt(safe_gaps(instance).euclidean_squared);
}

double product_abel_epsilon(const Instance& instance, double error) {
  const double r = share(instance, error);
  return safe_gaps(instance).sup * std::sqrt(r / (1 - r)) / margin;
}

double radial_abel_epsilon(const Instance& instance, double error) {
  const double power = -2.0 / static_cast<double>(instance.prefix.d + 1);
  const double growth = std::expm1(power * std::log(share(instance, error)));
  return std::sqrt(safe_gaps(instance).euclidean_squared) / (std::sqrt(growth) * margin);
}

std::size_t dolph_chebyshev_nodes(const Instance& instance, double error) {
  const Gaps<double> gaps = safe_gaps(instance);
  const double x0 = 1 / std::cos(std::acos(-1.0) * gaps.sup / (gaps.spread + gaps.sup));
  return static_cast<std::size_t>(
             std::ceil(std::acosh(1 / share(instance, error)) / std::acosh(x0) * margin)) +
         1;
}

}  // namespace sca::proofs
