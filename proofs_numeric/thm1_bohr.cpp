#include "proofs_numeric/continuous_claims.hpp"
#include "proofs_numeric/retrieval.hpp"
#include "proofs_numeric/second_opinion.hpp"
#include "proofs_numeric/windows.hpp"
#include "theory/measures/cube.hpp"

namespace sca::proofs {
namespace {

constexpr std::size_t few_axes = 8;

/// The paper's own normalisation, (2 pi)^-d against Lebesgue measure, is (T/pi)^d times the mean.
Finding literal_is_scaled_mean(const Prefix<Interval>& prefix, const Interval& half_width, int digits) {
  const Query<Interval> mean = theorem1_query(prefix, 0);
  const auto scaled = readout(prefix, LebesgueCube<Interval>{half_width}, fourier_normalised(mean, prefix.d));
  const auto value = readout(prefix, CubeMean<Interval>{half_width}, mean);
  const Interval factor = power(Interval(half_width / pi<Interval>()), prefix.d);
  Interval gap(0);
  Interval size(0);
  for (std::size_t a = 0; a < prefix.d; ++a) {
    gap += square(Interval(scaled[a].re - factor * value[a].re));
    size += square(scaled[a].re);
  }
  return evidence::equal_to("(2 pi)^-d int over the cube = (T/pi)^d mean over the cube", sqrt(gap),
                            Interval(0), sqrt(size), digits);
}

/// A1 token by token, or A2, whose factor 1/(T delta_inf) is coarser: in many dimensions A1 is so far below
/// any error that matters (1e-200 at d = 64) that resolving it would cost a hundred times the work.
std::vector<Interval> bounds(const Prefix<Interval>& prefix, const Interval& half_width,
                             const Interval& sup_separation, Variant variant) {
  const bool stated = variant == Variant::stated;
  if (prefix.d > few_axes) {
    const Interval far = cube_majorant_far(half_width, sup_separation);
    return far_bounds(prefix, stated ? far : square(far));
  }
  const std::vector<Interval> magnitudes = retrieval_magnitudes(prefix);
  std::vector<Interval> result;
  for (std::size_t j = 0; j < prefix.t; ++j) {
    result.push_back(retrieval_bound(prefix, magnitudes, j, [&](std::span<const Interval> x) {
      const Interval majorant = cube_majorant(x, half_width);
      return stated ? majorant : square(majorant);  // the twin's kernel falls twice as fast
    }));
  }
  return result;
}

Findings check_thm1_bohr(const Instance& instance, const Settings& settings, Variant variant) {
  const Prefix<Interval> prefix = instance.enclosed();
  const double half_width = cube_half_width(instance, settings.epsilon);
  const Interval T(half_width);
  Findings findings = errors_within_bounds(prefix, retrieval_errors(prefix, CubeMean<Interval>{T}),
                                           bounds(prefix, T, to_interval(instance.gaps->sup), variant),
                                           fmt::format("T = {:.6g}", half_width), settings);
  if (prefix.d > few_axes) return findings;
  findings.push_back(literal_is_scaled_mean(prefix, T, settings.digits));
  if (integrable(instance)) {
    const Interval reach = to_interval(instance.gaps->spread);
    const Interval narrow = Interval(20) / reach;
    const Query<Interval> query = theorem1_query(prefix, 0);
    findings.push_back(integral_agrees(prefix, query, cube_density(narrow, reach),
                                       readout(prefix, CubeMean<Interval>{narrow}, query)[0]));
    findings.push_back(integral_agrees(prefix, query, lebesgue_density(narrow, reach),
                                       readout(prefix, LebesgueCube<Interval>{narrow}, query)[0]));
  }
  return findings;
}

}  // namespace

Claim thm1_bohr() { return {"thm1/bohr", Reach::instances, separated, check_thm1_bohr}; }

}  // namespace sca::proofs
