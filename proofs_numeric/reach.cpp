#include "proofs_numeric/reach.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "proofs_numeric/lattice_prefix.hpp"
#include "proofs_numeric/windows.hpp"

namespace sca::proofs {
namespace {

/// n^d, spelled out while it is short.
std::string grid(double n, std::size_t d) {
  const double digits = static_cast<double>(d) * std::log10(n);
  if (d == 1) return fmt::format("{:.0f}", n);
  if (digits < 15) return fmt::format("{:.0f}^{} = {:.3g}", n, d, std::pow(n, static_cast<double>(d)));
  return fmt::format("{:.0f}^{} = 10^{:.0f}", n, d, digits);
}

/// n equispaced nodes s = 2 pi/(D + delta) apart with equal weights have the kernel sin(n s x/2)/(n sin(s
/// x/2)), at most 1/(n sin(s delta/2)) on delta <= |x| <= D. With triangular weights (n = 2m - 1) it is the
/// square of that for m.
struct EquispacedNodes {
  double uniform;
  double triangular;
};
EquispacedNodes equispaced_nodes(const Instance& instance, const Gaps<double>& gaps, double epsilon) {
  const double share = epsilon / static_cast<double>(instance.prefix.t - 1);
  const double sine = std::sin(std::acos(-1.0) * gaps.sup / (gaps.spread + gaps.sup));
  return {std::ceil(1 / (share * sine)), 2 * std::ceil(1 / (std::sqrt(share) * sine)) - 1};
}

/// Mean square error of M random nodes at T = infinity: sum_{k != j} (t p_k |h_k|)^2 / M; the worst token
/// counts.
double random_points(const Instance& instance, double epsilon) {
  const Prefix<Rational>& prefix = instance.prefix;
  double sum = 0;
  double largest = 0;
  double smallest = HUGE_VAL;
  for (std::size_t k = 0; k < prefix.t; ++k) {
    const double scale = static_cast<double>(prefix.t) * static_cast<double>(prefix.weights[k]);
    const double squared = scale * scale * static_cast<double>(norm_squared(prefix.token(k)));
    sum += squared;
    largest = std::max(largest, squared);
    smallest = std::min(smallest, squared);
  }
  return std::ceil((sum - smallest) / (epsilon * epsilon * largest));
}

}  // namespace

std::vector<ReachRow> reach(const Instance& instance, double epsilon) {
  const std::size_t d = instance.prefix.d;
  const Gaps<double> gaps = safe_gaps(instance);
  const double cube = cube_half_width(instance, epsilon);
  const double fejer = fejer_half_width(instance, epsilon);
  const EquispacedNodes nodes = equispaced_nodes(instance, gaps, epsilon);
  std::vector<ReachRow> rows{
      {"thm1/bohr", "Bohr mean", fmt::format("T = {:.4g}", cube), grid(nodes.uniform, d),
       "points: equispaced, equal weights"},
      {"thm1/fejer", "Fejér window", fmt::format("T = {:.4g}", fejer), grid(nodes.triangular, d),
       "points: equispaced, triangular weights"},
      {"thm1/gaussian", "Gaussian window", fmt::format("sigma = {:.4g}", gaussian_sigma(instance, epsilon)),
       "-", "an integral"},
      {"thm1/abel-product", "Abel window, product",
       fmt::format("eps = {:.4g}", product_abel_epsilon(instance, epsilon)), "-", "an integral"},
      {"thm1/abel-radial", "Abel window, radial",
       fmt::format("eps = {:.4g}", radial_abel_epsilon(instance, epsilon)), "-", "an integral"}};
  if (gaps.sup < gaps.spread) {
    const std::size_t n = dolph_chebyshev_nodes(instance, epsilon);
    rows.push_back({"thm1/dolph-chebyshev", "Dolph-Chebyshev rule", fmt::format("n = {} per axis", n),
                    grid(static_cast<double>(n), d), "best equispaced rule that ignores the tokens"});
  }
  const LatticePrefix lattice = lattice_prefix(instance);
  rows.push_back({"thm1/torus", "torus, DFT grid",
                  fmt::format("c = {:.3g}", static_cast<double>(lattice.unit)),
                  grid(static_cast<double>(lattice.spread) + 1, d), "exact"});
  rows.push_back({"thm1/lattice", "rank-1 lattice",
                  fmt::format("c = {:.3g}", static_cast<double>(lattice.unit)),
                  std::to_string(exact_lattice_rule(lattice).points), "exact; the rule knows the tokens"});
  rows.push_back({"quadrature/monte-carlo", "random nodes, T = inf", "-",
                  fmt::format("{:.4g}", random_points(instance, epsilon)),
                  "root mean square, not worst case"});
  rows.push_back({"finite/rank-complex", "token-aware weights", "-", std::to_string(instance.prefix.t),
                  "exact for almost every choice of nodes; the query knows the tokens"});
  return rows;
}

}  // namespace sca::proofs
