#include "experiments/runner/status.hpp"

namespace sca::experiments::ablation {

std::vector<CellStatus> status_of(Schedule& schedule, const Records& records, const RunFolder& folder,
                                  const std::function<RunCost(const RunConfig&)>& cost) {
  const Leases leases(folder.leases(), folder.patience);
  std::vector<CellStatus> cells(schedule.expansion().cells.size());
  for (std::size_t i = 0; i < schedule.slots().size(); ++i) {
    const Slot& slot = schedule.slots()[i];
    CellStatus& cell = cells[slot.cell];
    cell.cell = slot.cell;
    const Job* job = schedule.job(i, records);
    if (const auto* record = job != nullptr ? records.find(job->id) : nullptr; record != nullptr) {
      ++cell.done;
      if (record->value("status", "") == "diverged") ++cell.diverged;
      continue;
    }
    cell.flops_left += cost(schedule.like(slot)).train_flops;
    switch (job != nullptr ? leases.state_now(job->id) : Leases::State::free) {
      case Leases::State::held: ++cell.running; break;
      case Leases::State::dead: ++cell.stale; break;
      case Leases::State::free: ++cell.waiting; break;
    }
  }
  return cells;
}

}  // namespace sca::experiments::ablation
