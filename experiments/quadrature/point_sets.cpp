#include "experiments/quadrature/point_sets.hpp"

#include "experiments/quadrature/lattice.hpp"
#include "experiments/quadrature/points.hpp"

namespace sca::experiments {
namespace {

std::vector<double> lattice(std::size_t N, std::size_t d, std::uint64_t seed) {
  return shifted_lattice_points(N, equal_axes_generator(N, d), seed);
}

std::vector<double> folded_lattice(std::size_t N, std::size_t d, std::uint64_t seed) {
  return tent_transformed(lattice(N, d, seed));
}

template <std::vector<double> (*points)(std::size_t, std::size_t)>
std::vector<double> without_seed(std::size_t M, std::size_t d, std::uint64_t /*seed*/) {
  return points(M, d);
}

}  // namespace

std::vector<PointSet> point_sets() {
  return {{"random/monte-carlo", independent_points, true, false, true},
          {"qmc/sobol", without_seed<sobol_points>},
          {"qmc/sobol-scrambled", scrambled_sobol_points, true, false, true},
          {"qmc/halton", without_seed<halton_points>},
          {"qmc/halton-scrambled", scrambled_halton_points, true, false, true},
          {"lattice/shift", lattice, false, true},
          {"lattice/tent", folded_lattice, false, true}};
}

// Of lattices the literature says M^(-1+eps) and M^(-2+eps), with a constant (zeta(2 lambda)/...)^(d/(2
// lambda)) that grows as eps falls; lambda = 1/2 + 1/ln M (1/4 + 1/ln M for the tent) makes logarithms of
// both.
Theory cube_theory(const std::string& id, std::size_t d) {
  Theory theory{.slope = -1, .sense = Sense::at_most, .words = "M^-1 (ln M)^d", .needs = "M >= (2 T D/pi)^d"};
  const auto axes = static_cast<double>(d);
  if (id == "random/monte-carlo") {
    return {.slope = -0.5,
            .sense = Sense::equal,
            .bound = BoundKind::variance,
            .words = "(Var/M)^(1/2)",
            .needs = "none"};
  }
  if (id == "qmc/sobol-scrambled") {
    theory.slope = -1.5;
    theory.log_power = (axes - 1) / 2;
    theory.words = "M^(-3/2) (ln M)^((d-1)/2)";
    if (d == 1) theory.sense = Sense::equal;
  } else if (id == "lattice/tent") {
    theory.slope = -2;
    theory.log_power = 2 * axes;
    theory.words = "M^-2 (ln M)^(2d)";
  } else {
    theory.log_power = axes;
    if (id == "lattice/shift") theory.bound = BoundKind::mean_square;
  }
  return theory;
}

}  // namespace sca::experiments
