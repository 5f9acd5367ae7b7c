#pragma once

#include <chrono>
#include <optional>

#include "experiments/runner/board.hpp"
#include "experiments/runner/schedule.hpp"

namespace sca::experiments::ablation {

/// How far a plan's runs are, by the operations of their training, and when they will be done at the pace
/// since the first look.
class Pace {
 public:
  Pace(Schedule& schedule, const std::function<RunCost(const RunConfig&)>& cost);

  /// Looks at records, and at what workers are at.
  void look(const Records& records, std::span<Board::Seat> seats);

  std::size_t done() const { return done_; }
  std::size_t diverged() const { return diverged_; }
  std::size_t total() const { return flops_.size(); }
  double done_flops() const { return done_flops_; }
  double total_flops() const { return total_flops_; }
  /// Nothing until a run's step has been seen.
  std::optional<std::chrono::seconds> left() const;
  /// "12 of 372 runs, 3 %, 71 min left; group:G=Z2 ratio 2 M 1 seed 1, step 130 of 600"
  std::string line(std::span<Board::Seat> seats) const;

 private:
  Schedule& schedule_;
  std::vector<double> flops_;  // of each slot
  std::chrono::steady_clock::time_point began_;
  std::optional<double> first_;
  double done_flops_ = 0, total_flops_ = 0;
  std::size_t done_ = 0, diverged_ = 0;
};

/// "mqar ratio 2 M 4 seed 1"
std::string described(const RunConfig& config);
/// "45 s", "71 min", "5.2 h"
std::string duration(double seconds);

}  // namespace sca::experiments::ablation
