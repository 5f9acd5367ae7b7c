#pragma once

#include <map>
#include <optional>

#include "experiments/plans/expand.hpp"
#include "experiments/runner/records.hpp"
#include "experiments/runner/trainer.hpp"

namespace sca::experiments::ablation {

/// Part `number` of `count`, from 1: every count-th cell, with all its runs.
struct Shard {
  std::size_t number = 1, count = 1;
};

/// The place of one run in the order of a plan: arm by arm; within an arm each cell's choice of a learning
/// rate and its first seed, then the second seed of all cells, and so on.
struct Slot {
  std::size_t cell;
  bool is_choice;
  std::size_t index;  // of the rate, or of the seed
};

struct Job {
  RunConfig config;
  std::string id;
};

/// The runs of a profile. The learning rate of a cell's report runs is known once its choice runs are
/// recorded.
class Schedule {
 public:
  Schedule(Expansion expansion, Shard shard, std::function<std::string(const RunConfig&)> identify);

  const Expansion& expansion() const { return expansion_; }
  const std::vector<Slot>& slots() const { return slots_; }
  /// That of a slot; null while its rate is not known.
  const Job* job(std::size_t slot, const Records& records);
  /// A configuration that costs what the slot's run does.
  RunConfig like(const Slot& slot) const;
  /// Nothing while a choice run is missing.
  std::optional<double> chosen_rate(std::size_t cell, const Records& records);

 private:
  const std::vector<Job>& choices(std::size_t cell);

  Expansion expansion_;
  std::function<std::string(const RunConfig&)> identify_;
  std::vector<Slot> slots_;
  // What has been known once, since texts are digested for an id.
  std::vector<std::optional<Job>> jobs_;             // of each slot
  std::map<std::size_t, std::vector<Job>> choices_;  // of each cell
  std::map<std::size_t, double> chosen_;             // of each cell
};

/// The rate of the best value on the selection split; the smaller of equals; a run that diverged is the
/// worst.
///
/// domain   one record for each rate, rates ascending
double best_rate(const std::vector<double>& rates, const std::vector<nlohmann::ordered_json>& records);

}  // namespace sca::experiments::ablation
