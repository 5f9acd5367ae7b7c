#pragma once

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <vector>

#include "experiments/quadrature/theory.hpp"
#include "experiments/statistics.hpp"

namespace sca::experiments {

// What `sca quadrature --json` and --save write: JSON lines. The first is {"provenance": {...}, "settings":
// {...}}; then, series by series, one line a size and one or two fits. Reals are strings (JSON has no
// infinity), counts are numbers. A field that does not apply is absent.
//
// Every line after the first names its series:
//   kind     "point" or "fit"
//   target   "token" (Theorem 1), "attention-oracle" (Corollary 4, the query knows the prefix),
//            "attention-token" (Theorem 6.4 of companion.md: the query knows the current token alone)
//   data     "synthetic", or the token file's name
//   rule     "tensor/midpoint", "random/monte-carlo", ...: the part before the slash is its family. Of
//            "shifts/midpoint" own is the largest error over all probes x, and there is no total
//   window   what the rule discretises: "cube", "gaussian", "triangle"; "none" where it aims at the ideal
//   band     "fixed" (T or sigma is), "balanced" (it grows with M)
//   d        dimension
// A "point" is one size of the rule:
//   M        nodes, a decimal (n^d exceeds 2^53)
//   n        nodes on an axis, for rules that have axes
//   phase    T D (cube, triangle) or sigma D (gaussian), D each instance's own: what a rule's behaviour
//            depends on
//   own      error of the rule alone, against the windowed integral; fitted/least-squares has no window:
//            there it is |K - 1[v = 0]|_2 over the prefix's differences v
//   bias     error of the windowed integral, against the ideal
//   total    error of the readout against the ideal
//            (each {"q10","q25","q50","q75","q90","rms"} over the instances of |error|_2 over the largest
//            |h_k|)
//   bound    what theory says of the error that `bound_of` names ("own" or "total"): q90 over instances
//   clearance     the worst error/bound over instances; where the bound is of a mean square, the root of the
//                 mean of (error/bound)^2
//   precondition  "met" or "not met": that of the theory's rate at this size
//   arithmetic    "f64", or "mpfr" and bits where double would have shown its own rounding
//   gap           fitted/minimax: largest |K| over its dual lower bound, how far from optimal the weights are
//                 at most
//   instances     how many
// A "fit" is what the series says of one error:
//   of         "own" or "total"
//   statistic  "rms": that is what the theories are about
//   law        "power": slope of log(error) in log(M); "geometric": slope of ln(error) in n
//   slope, low, high   straight line through the upper half of the sizes whose precondition is met, and its
//              95 % interval: the bootstrap's over instances, widened by how far the slope still drifts there
//   first, last   that range, of M (of n where the law is geometric)
//   theory_low, theory_high   the slope that theory gives (a range where there are logarithms)
//   sense      "equal" (a rate that is attained), "at most" (an upper bound of the error)
//   theory     the rate or bound in words
//   needs      its precondition in words
//   clearance  the worst over sizes, as above
//   verdict    "matches theory", "pre-asymptotic", "refuted", or "no theory"
//   why        what decided it
// The last line of a series has "end": true; without it a series in a file is one that was interrupted.

/// Quantiles of one error over the instances.
struct Quantiles {
  double q10 = 0, q25 = 0, q50 = 0, q75 = 0, q90 = 0, rms = 0;
};
Quantiles quantiles(const std::vector<double>& values);

/// A series: what all its lines share.
struct SeriesKey {
  std::string target;
  std::string data;
  std::string rule;
  std::string window;
  std::string band;
  std::size_t d = 0;
};

struct PointRecord {
  double M = 0;
  std::optional<std::size_t> n;
  std::optional<double> phase;
  std::optional<Quantiles> own;
  std::optional<Quantiles> bias;
  std::optional<Quantiles> total;
  std::optional<double> bound;
  std::string bound_of;
  std::optional<double> clearance;
  bool precondition = true;
  std::string arithmetic = "f64";
  std::optional<double> gap;
  std::size_t instances = 0;
};

struct FitRecord {
  std::string of;
  std::optional<Fit> fit;  // none where the sizes are too few, or only a bound is known
  std::optional<Theory> theory;
  std::optional<double> rate_low;
  std::optional<double> rate_high;
  std::optional<double> clearance;
  std::string verdict;
  std::string why;
};

nlohmann::ordered_json to_json(const SeriesKey& key, const PointRecord& point);
nlohmann::ordered_json to_json(const SeriesKey& key, const FitRecord& fit);

}  // namespace sca::experiments
