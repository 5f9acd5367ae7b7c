#include "evidence/kernels/problem.hpp"

#include <bit>
#include <cmath>
#include <limits>

#include "evidence/hash.hpp"
#include "reference/phase.hpp"
#include "reference/weights.hpp"

namespace sca::evidence::kernels {
namespace {

using reference::Tensor;

sca_core_rules rules_of(const CoreCase& one, const reference::Dialect& dialect) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  return {.weight_low = dialect.weight_clamp ? dialect.weight_clamp->low : 0,
          .weight_high = dialect.weight_clamp ? dialect.weight_clamp->high : infinity,
          .softplus_switch = dialect.softplus_switch.value_or(infinity),
          .weight_floor = dialect.denominator_floor.value_or(0),
          .horizon = static_cast<std::int64_t>(one.config.maxlen.value_or(one.L)),
          .anchors = static_cast<std::int64_t>(one.config.anchors),
          .saturate_distance = dialect.saturate_distance,
          .recursive_decay = is_recursive(one),
          .over_root_h = dialect.readout_over_root_h,
          .inner_product_phase = dialect.phase == reference::Dialect::Phase::inner_product,
          .plain_summary = dialect.summary == reference::Dialect::Summary::plain,
          .unnormalised = !dialect.is_normalised};
}

/// The case's floats have 24 bits, so that their products would be exact in float64: more bits there, the
/// same for numbers of one magnitude, so that what cancels still does.
double with_all_bits(double x, std::uint64_t seed) {
  return x * (1 + 0x1p-24 * signed_unit(seed, 91, std::bit_cast<std::uint64_t>(std::abs(x))));
}

class Rounded {
 public:
  Rounded(const CoreCase& one, const NumberFormat& format)
      : format_(format), seed_(one.seed), spread_(format.dtype == SCA_F64 && one.regime != "dyadic") {}

  double operator()(double x) const { return spread_ ? with_all_bits(x, seed_) : format_.nearest(x); }
  Tensor<double> operator()(Tensor<double> tensor) const {
    for (double& x : tensor.data) x = (*this)(x);
    return tensor;
  }

 private:
  const NumberFormat& format_;
  std::uint64_t seed_;
  bool spread_;
};

/// Number i of every token's rows, as the case has them in z.
Tensor<double> part(const CoreCase& one, const CoreInput& input, std::size_t first, reference::Shape inner,
                    const Rounded& rounded) {
  const std::size_t count = reference::volume(inner);
  inner.insert(inner.begin(), {one.B, one.L});
  Tensor<double> result{std::move(inner), {}};
  for (std::size_t i = 0; i < one.B * one.L; ++i) {
    for (const double x : input.z_act.row(i, one.config.C()).subspan(first, count))
      result.data.push_back(rounded(x));
  }
  return result;
}

Tensor<double> gradient_of_output(const CoreCase& one, const Rounded& rounded) {
  const std::size_t width = 2 * one.config.KH();
  auto result = Tensor<double>::zeros({one.B, one.L, one.config.K, 2, one.config.H});
  for (std::size_t i = 0; i < result.data.size(); ++i) {
    const std::uint64_t token = i / width;
    const std::uint64_t stream = 5000 + (token / one.L << 32U) + token % one.L;
    result.data[i] = rounded(2 * signed_unit(one.seed, stream, i % width));
  }
  return result;
}

}  // namespace

Problem make_problem(const CoreCase& one, sca_dtype dtype) {
  const reference::LayerConfig& c = one.config;
  const reference::Dialect dialect = dialect_of(one);
  const CoreInput input = make_input(one);
  const Rounded stored(one, format_of(dtype));
  const Rounded real(one, format_of_reals(dtype));
  const auto grid = reference::spectral_grid(c, dialect, input.parameters);
  const auto signed_size = [](std::size_t n) { return static_cast<std::int64_t>(n); };
  return {.origin = one,
          .dtype = dtype,
          .dialect = dialect,
          .shape = {signed_size(one.B), signed_size(one.L), signed_size(c.K), signed_size(c.Kq),
                    signed_size(c.H), signed_size(c.M)},
          .rules = rules_of(one, dialect),
          .key = part(one, input, 0, {c.K, c.H}, stored),
          .score = part(one, input, c.KH(), {c.K}, stored),
          .query = part(one, input, c.KH() + c.K, {c.Kq, c.H, c.M, 2}, stored),
          .output_gradient = gradient_of_output(one, stored),
          .theta = real(grid.theta),
          .omega = real(grid.omega),
          .rate = real({{c.K}, reference::decay_rates(c, dialect, input.parameters)}),
          .score_scale = real(input.parameters.score_scale),
          .score_bias = real(input.parameters.score_bias),
          .phase_scale = real(input.parameters.phase_scale)};
}

}  // namespace sca::evidence::kernels
