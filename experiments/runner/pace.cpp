#include "experiments/runner/pace.hpp"

#include <fmt/format.h>

#include <map>

namespace sca::experiments::ablation {
namespace {

using Clock = std::chrono::steady_clock;

}  // namespace

Pace::Pace(Schedule& schedule, const std::function<RunCost(const RunConfig&)>& cost)
    : schedule_(schedule), began_(Clock::now()) {
  std::map<std::pair<std::size_t, bool>, double> known;  // rate and seed cost nothing
  for (const Slot& slot : schedule.slots()) {
    double& flops = known[{slot.cell, slot.is_choice}];
    if (flops == 0) flops = cost(schedule.like(slot)).train_flops;
    flops_.push_back(flops);
    total_flops_ += flops;
  }
}

void Pace::look(const Records& records, std::span<Board::Seat> seats) {
  done_ = diverged_ = 0;
  done_flops_ = 0;
  for (std::size_t i = 0; i < flops_.size(); ++i) {
    const Job* job = schedule_.job(i, records);
    const auto* record = job != nullptr ? records.find(job->id) : nullptr;
    if (record == nullptr) continue;
    ++done_;
    done_flops_ += flops_[i];
    if (record->value("status", "") == "diverged") ++diverged_;
  }
  for (const Board::Seat& seat : seats) {
    if (seat.slot < 0) continue;
    const auto slot = static_cast<std::size_t>(seat.slot);
    const std::int64_t steps = schedule_.like(schedule_.slots()[slot]).steps;
    done_flops_ += flops_[slot] * static_cast<double>(seat.step) / static_cast<double>(steps);
  }
  if (!first_) {
    first_ = done_flops_;
    began_ = Clock::now();
  }
}

std::optional<std::chrono::seconds> Pace::left() const {
  if (!first_ || !(done_flops_ > *first_)) return std::nullopt;
  const double seconds = std::chrono::duration<double>(Clock::now() - began_).count();
  const double flops_a_second = (done_flops_ - *first_) / seconds;
  return std::chrono::seconds(static_cast<std::int64_t>((total_flops_ - done_flops_) / flops_a_second));
}

std::string Pace::line(std::span<Board::Seat> seats) const {
  const auto seconds = left();
  std::string text =
      fmt::format("{} of {} runs, {:.0f} %, {} left", done_, total(), 100 * done_flops_ / total_flops_,
                  seconds ? duration(static_cast<double>(seconds->count())) : "?");
  for (const Board::Seat& seat : seats) {
    if (seat.slot < 0) continue;
    const Slot& slot = schedule_.slots()[static_cast<std::size_t>(seat.slot)];
    const RunConfig config = schedule_.like(slot);
    text += fmt::format("; {}, step {} of {}", described(config), seat.step.load(), config.steps);
    break;
  }
  return text;
}

std::string described(const RunConfig& config) {
  const nlohmann::ordered_json fields = to_json(config.model);
  std::string text = config.task;
  for (const char* field : {"ratio", "M"}) {
    if (!fields.contains(field)) continue;
    const auto& value = fields[field];
    text += fmt::format(" {} {}", field, value.is_string() ? value.get<std::string>() : value.dump());
  }
  return text + (config.split == Split::selection ? fmt::format(" rate {}", config.rate)
                                                  : fmt::format(" seed {}", config.seed));
}

std::string duration(double seconds) {
  constexpr double minute = 60, hour = 3600;
  if (seconds < 2 * minute) return fmt::format("{:.0f} s", seconds);
  if (seconds < 3 * hour) return fmt::format("{:.0f} min", seconds / minute);
  return fmt::format("{:.1f} h", seconds / hour);
}

}  // namespace sca::experiments::ablation
