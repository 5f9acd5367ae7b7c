#include "experiments/quadrature/shifts.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "experiments/quadrature/prefixes.hpp"
#include "theory/quadrature.hpp"

namespace sca::experiments {
namespace {

TEST(Shifts, OneTransformReadsEveryProbe) {
  const Target target = token_target(synthetic_prefix(1, 3), 0);
  const double half_width = 4;
  for (const std::size_t M : {5u, 8u, 64u}) {
    const Scan scan = scanned_midpoint(target, M, half_width, 1);
    ASSERT_EQ(scan.probes.size(), 2 * 2 + 1u);  // multiples of pi/8 up to 1
    double size = 0;
    for (const double c : target.coefficients) size += std::abs(c);
    for (std::size_t j = 0; j < scan.probes.size(); ++j) {
      double direct = 0;
      for (std::size_t k = 0; k < target.size(); ++k)
        direct +=
            target.coefficients[k] * midpoint_kernel(M, half_width * (target.points[k] - scan.probes[j]));
      const double rounding =
          16 * std::log2(static_cast<double>(4 * M)) * size * std::numeric_limits<double>::epsilon();
      EXPECT_NEAR(scan.values[j].real(), direct, rounding) << M << " " << j;
      EXPECT_NEAR(scan.values[j].imag(), 0, rounding) << M << " " << j;
    }
  }
}

TEST(Shifts, TheWindowIsTheRulesLimit) {
  const Target target = token_target(synthetic_prefix(1, 4), 2);
  const Scan fine = scanned_midpoint(target, 1 << 14, 4, 1);
  const Scan window = scanned_window(target, fine.probes, 4);
  for (std::size_t j = 0; j < fine.probes.size(); ++j) {
    double bound = 0;  // sum |c_k| a^2/(6 M^2), and as much again for rounding
    for (std::size_t k = 0; k < target.size(); ++k)
      bound += std::abs(target.coefficients[k]) *
               std::pow(4 * (target.points[k] - fine.probes[j]) / (1 << 14), 2) / 3;
    EXPECT_LE(std::abs(fine.values[j] - window.values[j]), bound);
  }
}

}  // namespace
}  // namespace sca::experiments
