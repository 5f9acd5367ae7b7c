#pragma once

#include <string>

#include "experiments/analysis/analysis.hpp"

namespace sca::experiments::ablation {

// How a report writes its numbers: accuracies in %, their differences in percentage points (pp), bits as they
// are.

std::string value_text(Metric metric, double value);              // "93.4 %", "2.412 bits"
std::string difference_text(Metric metric, double difference);    // "+12.3 pp", "-0.013 bits"
std::string range_text(Metric metric, const Interval& interval);  // "[+5.1, +20.0]"
/// "n = 3", and of documents how many: "n = 3, 12 documents".
std::string count_text(const Comparison& comparison);
/// "0.25 (least 0.25)"
std::string test_text(const SignFlip& test);
std::string p_text(double p);
/// "2/3 [0.21, 0.94]"; empty where nothing can be solved.
std::string solved_text(const Comparison& comparison, const Side& side);
/// The median step; "never" where half of the runs or more never were half-way.
std::string half_text(const Side& side);

/// What a comparison shows, at 5 %: "a higher", "b higher" (the sign-flip test rejects, after Holm),
/// "equivalent" (TOST), "undecided"; "vacuous" where neither side has learned anything.
std::string verdict(const Comparison& comparison, double adjusted);

}  // namespace sca::experiments::ablation
