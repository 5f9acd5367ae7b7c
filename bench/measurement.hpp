#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "bench/machine.hpp"

namespace sca::bench {

/// What a layer or a model has besides the core's sizes; 0: it has none of it.
struct NetworkFacts {
  std::int64_t D = 0, blocks = 0, attention_blocks = 0, parameters = 0;
  std::int64_t context = 0;                         // tokens that a decoded token sees, itself included
  std::int64_t state_bytes = 0, scratch_bytes = 0;  // of a sequence
};

/// What was found of one kernel at one shape and number of threads: the check's verdict, and if that is
/// `pass`, times.
struct Measurement {
  std::string kernel;  // WHAT/PRECISION/HOW
  sca_core_shape shape{};
  int threads = 1;
  bool is_pinned = false;
  std::string verdict = {};
  double clearance = 0;
  std::string remark = {};           // why there is no time
  std::vector<double> samples = {};  // seconds a call, in the order taken; empty without a pass
  Work work = {};                    // of a call
  Rates rates = {};                  // of the machine in the same run
  NetworkFacts network = {};

  bool is_timed() const { return !samples.empty(); }
  /// The following of a timed one.
  double seconds() const;    // the median
  double deviation() const;  // the median of the distances from it
  double tokens() const { return static_cast<double>(shape.B * shape.L); }
  /// The median over the least time that the machine needs for the work.
  double of_floor() const { return seconds() / floor_seconds(work, rates); }
  /// What it is compared by across runs: kernel, shape, context and threads.
  std::string key() const;
};

/// A number that says nothing beyond its four digits.
std::string number_text(double x);

/// One record; reals are decimal strings.
nlohmann::ordered_json to_json(const Measurement& measurement);

/// The measurements among a run's records.
/// errors   InputError that names `path` and the field
std::vector<Measurement> measurements(const std::vector<nlohmann::ordered_json>& records,
                                      std::string_view path);

}  // namespace sca::bench
