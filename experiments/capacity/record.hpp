#pragma once

#include <nlohmann/json.hpp>

#include <optional>
#include <string>

namespace sca::experiments::capacity {

// What `sca capacity --json` and --save write: JSON lines. The first is {"provenance": {...}, "settings":
// {...}}; then, series by series, one "point" a size and one "finding". Reals are strings (JSON has no
// infinity), counts are numbers. A field that does not apply is absent.
//
// Every line after the first names its series:
//   kind     "point" or "finding"
//   study    "cliff/complex", "recall/phases", ...: the part before the slash is its family
//   series   what tells it from the others of the study: "rank", "cluster", ...
// A "point":
//   x        where on the axis that the finding names
//   K, H, M  of recall/random-state: the layer's heads, coordinates a head and points
//   measured, low, high   over the instances; `interval` says what they are: "range" (median, least and
//            largest) or "95 %" (mean and its interval)
//   prediction            what theory expects there
//   lower, upper          theory's bounds, the loosest of the instances' own
//   clearance             the worst value/upper or lower/value; where the bound is of a mean, the mean over
//                         what chance allows it at most; absent where there is no bound
//   arithmetic   "f64", "mpfr" and bits (rounded to nearest), "enclosed" and bits (an interval that
//            certainly holds the value; the precision is the least that decided all instances)
//   instances    how many
//   verdict  "matches theory", "refuted", "pre-asymptotic" (theory says nothing yet at this size),
//            "undecided" (the precision limit was reached), "no theory" (nothing was proved that this could
//            break)
// A "finding" is what the series says:
//   axis, quantity   what x and the measured number are, with units
//   sense    "exact" (the value itself is a theorem), "law" (its distribution over random instances is),
//            "bound", "heuristic" (an expectation that nobody proved; decides nothing)
//   theory, source   in words
//   clearance, verdict, why   the worst over points; what decided
// The last line of a series has "end": true; without it a series in a file is one that was interrupted.

struct SeriesKey {
  std::string study;
  std::string series;
};

/// A layer's state: K heads of H coordinates, M points; 2KHM reals.
struct Design {
  std::size_t K = 0, H = 0, M = 0;

  std::size_t channels() const { return K * H; }
  std::size_t size() const { return 2 * channels() * M; }
};

struct PointRecord {
  double x = 0;
  std::optional<Design> design;
  double measured = 0;
  double low = 0;
  double high = 0;
  std::string interval = "range";
  std::optional<double> prediction;
  std::optional<double> lower;
  std::optional<double> upper;
  std::optional<double> clearance;
  std::string arithmetic = "f64";
  std::size_t instances = 0;
  std::string verdict;
};

/// What a series is about, in words.
struct Words {
  std::string axis;
  std::string quantity;
  std::string sense;
  std::string theory;
  std::string source;
};

struct FindingRecord {
  Words words;
  std::optional<double> clearance;
  std::string verdict;
  std::string why;
};

nlohmann::ordered_json to_json(const SeriesKey& key, const PointRecord& point);
nlohmann::ordered_json to_json(const SeriesKey& key, const FindingRecord& finding);

}  // namespace sca::experiments::capacity
