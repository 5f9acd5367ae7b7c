#include "proofs_numeric/continuous_claims.hpp"
#include "proofs_numeric/lattice_prefix.hpp"
#include "reference/torus_fft.hpp"
#include "theory/fourier_rounding.hpp"
#include "theory/readout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

namespace sca::proofs {
namespace {

struct Grid {
  std::size_t n;  // points per axis, a power of two
  std::size_t d;
  std::size_t size() const {
    std::size_t product = 1;
    for (std::size_t l = 0; l < d; ++l) product *= n;
    return product;
  }
  /// Row-major coordinates of a cell, first axis slowest.
  std::vector<std::size_t> cell(std::size_t index) const {
    std::vector<std::size_t> coordinates(d);
    for (std::size_t l = d; l-- > 0; index /= n) coordinates[l] = index % n;
    return coordinates;
  }
};

/// S times conj(i t) on the grid, a vector of samples a component: what one transform turns into t p_k h_k at
/// every lattice point. The twin is one index out of step.
std::vector<std::vector<Complex<Interval>>> samples(const Prefix<Interval>& prefix, const Grid& grid,
                                                    std::size_t offset) {
  const Interval step = Interval(2) * pi<Interval>() / Interval(grid.n);
  const Complex<Interval> factor = conj(Complex<Interval>{Interval(0), Interval(prefix.t)});
  std::vector<std::vector<Complex<Interval>>> result(prefix.d);
  for (std::size_t i = 0; i < grid.size(); ++i) {
    std::vector<Interval> theta;
    for (const std::size_t c : grid.cell(i)) theta.push_back(step * Interval(c + offset));
    const auto summary = gradient_summary(prefix, std::span<const Interval>(theta));
    for (std::size_t a = 0; a < prefix.d; ++a) result[a].push_back(summary[a] * factor);
  }
  return result;
}

/// t p_k (h_k)_a at the cells of the tokens, 0 elsewhere.
std::vector<Rational> expected(const Prefix<Rational>& prefix, const Grid& grid, std::size_t a) {
  std::vector<Rational> values(grid.size());
  for (std::size_t k = 0; k < prefix.t; ++k) {
    std::size_t index = 0;
    for (const Rational& x : prefix.token(k)) {
      const auto coordinate = static_cast<long>(numerator(x));
      const auto n = static_cast<long>(grid.n);
      index = index * grid.n + static_cast<std::size_t>((coordinate % n + n) % n);
    }
    values[index] += Rational(static_cast<long>(prefix.t)) * prefix.weights[k] * prefix.token(k)[a];
  }
  return values;
}

/// ||computed - exact||_2 <= (input + transform) ||exact||_2. The samples are rounded faithfully, which costs
/// 2u, and their own radius is far below another u; the transform is an isometry up to its factor.
Finding within_rounding(const std::vector<Complex<Interval>>& computed, const std::vector<Rational>& exact,
                        const Grid& grid, reference::FftPrecision precision) {
  Interval error(0);
  Interval size(0);
  for (std::size_t i = 0; i < exact.size(); ++i) {
    const Interval value = to_interval(exact[i]);
    error += norm(computed[i] - Complex<Interval>{value, Interval(0)});
    size += square(value);
  }
  const Interval u = reference::unit_roundoff(precision);
  const std::size_t levels = grid.d * static_cast<std::size_t>(std::bit_width(grid.n) - 1);
  const Interval input = Interval(3) * u;
  const Interval relative = input + (Interval(1) + input) * fft_relative_error(levels, u, u);
  Finding finding =
      evidence::at_most(fmt::format("FFTW in {}: ||error||_2 <= derived bound", name(precision)), sqrt(error),
                        relative * sqrt(size));
  finding.witness = fmt::format("N = {}^{} points", grid.n, grid.d);
  return finding;
}

Findings check_thm1_torus_fft(const Instance& instance, const Settings&, Variant variant) {
  using reference::FftPrecision;
  // The samples must be known far beyond quad's 113 bits before a library can be held to its own rounding.
  const PrecisionScope enough(std::max(256U, working_bits()));
  const LatticePrefix lattice = lattice_prefix(instance);
  const Grid grid{std::bit_ceil(static_cast<std::size_t>(lattice.spread) + 1), instance.prefix.d};
  const Prefix<Interval> prefix = prefix_cast<Interval>(lattice.prefix, to_interval);
  const auto input = samples(prefix, grid, variant == Variant::stated ? 0 : 1);
  Findings findings;
  for (std::size_t a = 0; a < prefix.d; ++a) {
    const auto exact = expected(lattice.prefix, grid, a);
    for (const FftPrecision precision :
         {FftPrecision::binary64, FftPrecision::extended, FftPrecision::quad}) {
      const auto computed = reference::read_all_lattice_points(input[a], grid.n, grid.d, precision);
      findings.push_back(within_rounding(computed, exact, grid, precision));
    }
  }
  return findings;
}

bool thm1_torus_fft_applies(const Instance& instance) {
  return instance.integer && instance.distinct() && instance.prefix.t > 1 && instance.prefix.d <= 3 &&
         instance.gaps->spread < 16;
}

}  // namespace

Claim thm1_torus_fft() {
  return {"thm1/torus-fft", Reach::instances, thm1_torus_fft_applies, check_thm1_torus_fft};
}

}  // namespace sca::proofs
