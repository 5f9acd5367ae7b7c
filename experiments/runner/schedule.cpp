#include "experiments/runner/schedule.hpp"

#include "evidence/input/error.hpp"

namespace sca::experiments::ablation {
namespace {

std::vector<Slot> ordered_slots(const Expansion& expansion, Shard shard) {
  std::vector<Slot> slots;
  const bool has_choice = expansion.rates.size() > 1;
  for (std::size_t arm = 0; arm < expansion.arms.size(); ++arm) {
    for (std::size_t seed = 0; seed < expansion.profile.seeds.size(); ++seed) {
      for (std::size_t cell = 0; cell < expansion.cells.size(); ++cell) {
        if (expansion.cells[cell].arm != arm || cell % shard.count != shard.number - 1) continue;
        for (std::size_t rate = 0; has_choice && seed == 0 && rate < expansion.rates.size(); ++rate)
          slots.push_back({cell, true, rate});
        slots.push_back({cell, false, seed});
      }
    }
  }
  return slots;
}

}  // namespace

double best_rate(const std::vector<double>& rates, const std::vector<nlohmann::ordered_json>& records) {
  double best = rates.front();
  std::optional<double> best_value;
  for (std::size_t i = 0; i < rates.size(); ++i) {
    if (!records[i]["value"].is_number()) continue;
    const double value = records[i]["value"];
    const bool is_less_better = records[i].value("metric", "") == "bits_per_byte";
    if (best_value && !(is_less_better ? value < *best_value : value > *best_value)) continue;
    best = rates[i];
    best_value = value;
  }
  return best;
}

Schedule::Schedule(Expansion expansion, Shard shard, std::function<std::string(const RunConfig&)> identify)
    : expansion_(std::move(expansion)),
      identify_(std::move(identify)),
      slots_(ordered_slots(expansion_, shard)),
      jobs_(slots_.size()) {}

const std::vector<Job>& Schedule::choices(std::size_t cell) {
  std::vector<Job>& jobs = choices_[cell];
  if (!jobs.empty()) return jobs;
  for (const double rate : expansion_.rates) {
    const RunConfig config = choice_run(expansion_, expansion_.cells[cell], rate);
    jobs.push_back({config, identify_(config)});
  }
  return jobs;
}

std::optional<double> Schedule::chosen_rate(std::size_t cell, const Records& records) {
  if (expansion_.rates.size() == 1) return expansion_.rates.front();
  const auto known = chosen_.find(cell);
  if (known != chosen_.end()) return known->second;
  std::vector<nlohmann::ordered_json> found;
  for (const Job& choice : choices(cell)) {
    const auto* record = records.find(choice.id);
    if (record == nullptr) return std::nullopt;
    found.push_back(*record);
  }
  return chosen_[cell] = best_rate(expansion_.rates, found);
}

const Job* Schedule::job(std::size_t slot, const Records& records) {
  std::optional<Job>& known = jobs_[slot];
  if (known) return &*known;
  const auto& [cell, is_choice, index] = slots_[slot];
  if (is_choice) {
    known = choices(cell)[index];
  } else if (const std::optional<double> rate = chosen_rate(cell, records)) {
    const RunConfig config =
        report_run(expansion_, expansion_.cells[cell], *rate, expansion_.profile.seeds[index]);
    known = Job{config, identify_(config)};
  }
  return known ? &*known : nullptr;
}

RunConfig Schedule::like(const Slot& slot) const {
  const Cell& cell = expansion_.cells[slot.cell];
  if (slot.is_choice) return choice_run(expansion_, cell, expansion_.rates[slot.index]);
  return report_run(expansion_, cell, expansion_.rates.front(), expansion_.profile.seeds[slot.index]);
}

}  // namespace sca::experiments::ablation
