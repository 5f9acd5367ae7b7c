#pragma once

#include <optional>
#include <string_view>

namespace sca::reference {

/// Every choice on which the paper's Algorithm 1 and the authors' released code differ, and those that
/// neither makes but an ablation asks about. Nothing else asks "which paper": code reads a field. Where the
/// paper is silent its preset takes the released choice; papers/nautile-370m/DIALECTS.md has the table, with
/// the consequence of each difference.
///
/// Constants are doubles and are used as those exact numbers at every precision, as the released code does.
struct Dialect {
  enum class Theta { bounded, direct };          // a map into (theta_floor, theta_floor + theta_span], or raw
  enum class Omega { normalised, direct };       // e^raw / (sum e^raw + omega_epsilon), or raw
  enum class Gate { before_norm, after_norm };   // where silu(W_gate x) multiplies
  enum class Readout { sigmoid, silu };          // what gates the per-head linear unit
  enum class StepDecay { absolute, recursive };  // what a step's state carries
  enum class Phase { elementwise, inner_product };  // theta_hm u_h, or sum_h theta_hm u_h for all channels
  enum class Summary { gradient, plain };           // of the characteristic function, or it itself
  struct Range {
    double low;
    double high;
    bool operator==(const Range&) const = default;
  };

  std::string_view name;

  // Step 2: alpha = softplus(gamma s + beta) e^{-lambda d(t)}.
  std::optional<Range> weight_clamp;      // clip(alpha, low, high)
  std::optional<double> softplus_switch;  // softplus(v) = v above
  bool saturate_distance;                 // d(t) = max(n - 1 - t, 0) where sequences outgrow n
  StepDecay step_decay;
  long step_origin;  // n of a step without a maximum length; the forward takes n = L

  // Step 3: the spectral grid.
  Theta theta;
  double theta_floor;
  double theta_span;
  double theta_increment;  // added to each softplus before the cumulative sum (M > 1)
  Omega omega;
  double omega_epsilon;
  Phase phase = Phase::elementwise;
  Summary summary = Summary::gradient;

  // Steps 4 and 5.
  std::optional<double> denominator_floor;  // Z is replaced by max(Z, floor)
  bool readout_over_root_h;                 // the factor 1/sqrt(H)
  bool is_normalised = true;                // R and I are divided by Z

  // Step 6.
  Gate gate;
  Readout readout;
  double norm_epsilon;

  bool operator==(const Dialect&) const = default;

  static constexpr Dialect released() {
    return {.name = "released",
            .weight_clamp = Range{1e-4, 5000.0},
            .softplus_switch = 20.0,
            .saturate_distance = true,
            .step_decay = StepDecay::absolute,
            .step_origin = 2048,
            .theta = Theta::bounded,
            .theta_floor = 0.001,
            .theta_span = 2.999,
            .theta_increment = 1e-4,
            .omega = Omega::normalised,
            .omega_epsilon = 1e-6,
            .denominator_floor = 1e-4,
            .readout_over_root_h = true,
            .gate = Gate::before_norm,
            .readout = Readout::sigmoid,
            .norm_epsilon = 1e-6};
  }

  static constexpr Dialect paper() {
    Dialect dialect = released();
    dialect.name = "paper";
    dialect.weight_clamp.reset();
    dialect.softplus_switch.reset();
    dialect.saturate_distance = false;
    dialect.step_decay = StepDecay::recursive;
    dialect.theta = Theta::direct;
    dialect.omega = Omega::direct;
    dialect.denominator_floor.reset();
    dialect.readout = Readout::silu;
    return dialect;
  }
};

}  // namespace sca::reference
