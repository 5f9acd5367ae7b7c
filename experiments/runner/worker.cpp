#include "experiments/runner/worker.hpp"

#include <stdexcept>
#include <thread>

#include "experiments/runner/stop.hpp"

namespace sca::experiments::ablation {
namespace {

struct Stopped {};
struct LeaseLost {};

/// One process's way through the slots.
class Worker {
 public:
  Worker(Schedule& schedule, const Trainer& trainer, const RunFolder& folder, Board& board, std::size_t seat)
      : schedule_(schedule),
        trainer_(trainer),
        folder_(folder),
        board_(board),
        seat_(board.seat(seat)),
        records_(folder.path),
        writer_(folder.path),
        leases_(folder.leases(), folder.patience),
        is_recorded_(schedule.slots().size()) {}

  WorkerEnd run() {
    constexpr std::chrono::milliseconds pause{200};
    while (StopSignals::caught() == 0) {
      records_.refresh();
      const Pass pass = first_ready();
      if (pass == Pass::nothing_left) return WorkerEnd::done;
      if (pass == Pass::waiting) std::this_thread::sleep_for(pause);
    }
    return WorkerEnd::stopped;
  }

 private:
  enum class Pass { computed, waiting, nothing_left };

  Pass first_ready() {
    Pass pass = Pass::nothing_left;
    for (std::size_t i = 0; i < schedule_.slots().size(); ++i) {
      if (is_recorded_[i]) continue;
      const Job* job = schedule_.job(i, records_);
      if (job != nullptr && records_.has(job->id)) {
        is_recorded_[i] = true;
        continue;
      }
      if (is_hopeless(i, job != nullptr)) continue;
      pass = Pass::waiting;
      if (job != nullptr && !board_.is_taken(i) && compute(i, *job)) return Pass::computed;
    }
    return pass;
  }

  /// Given up, or after a choice that is.
  bool is_hopeless(std::size_t slot, bool is_known) const {
    if (board_.is_given_up(slot)) return true;
    if (is_known) return false;
    for (std::size_t i = 0; i < schedule_.slots().size(); ++i) {
      const Slot& other = schedule_.slots()[i];
      if (other.cell == schedule_.slots()[slot].cell && other.is_choice && board_.is_given_up(i)) return true;
    }
    return false;
  }

  /// False where another process has the run.
  bool compute(std::size_t slot, const Job& job) {
    const std::unique_ptr<Lease> lease = leases_.acquire(job.id);
    if (!lease) return false;
    records_.refresh();  // it may have been recorded between the last look and the lease
    if (records_.has(job.id)) {
      lease->discard();
      return true;
    }
    if (board_.is_taken(slot)) {  // since it was looked at, by one that died of it
      lease->release();
      return false;
    }
    board_.take(slot);  // if this process dies of it, no other of these follows
    seat_.step = 0;
    seat_.slot = static_cast<std::int64_t>(slot);
    try {
      train(job, *lease);
    } catch (const LeaseLost&) {
      seat_.slot = -1;
      board_.leave(slot);
      return true;
    } catch (...) {
      lease->release();
      throw;
    }
    seat_.slot = -1;
    leases_.forget(job.id);
    clear(folder_.run(job.id), !schedule_.slots()[slot].is_choice);
    return true;
  }

  void train(const Job& job, const Lease& lease) {
    std::filesystem::create_directories(folder_.run(job.id));
    const auto listen = [&](std::int64_t step) {
      seat_.step = step;
      if (StopSignals::caught() != 0) throw Stopped();
      if (lease.is_lost()) throw LeaseLost();
    };
    const nlohmann::ordered_json record = trainer_.train(job.config, folder_.run(job.id), listen);
    if (record.value("id", "") != job.id)
      throw std::logic_error("the record of " + job.id + " has another id");
    writer_.append(record);
  }

  Schedule& schedule_;
  const Trainer& trainer_;
  const RunFolder& folder_;
  Board& board_;
  Board::Seat& seat_;
  Records records_;
  RecordWriter writer_;
  Leases leases_;
  std::vector<bool> is_recorded_;
};

}  // namespace

void clear(const std::filesystem::path& run, bool is_model_kept) {
  std::error_code ignored;
  if (!is_model_kept) {
    std::filesystem::remove_all(run, ignored);
    return;
  }
  for (const auto& entry : std::filesystem::directory_iterator(run, ignored)) {
    if (entry.path().filename() != "model.safetensors") std::filesystem::remove_all(entry.path(), ignored);
  }
}

WorkerEnd work(Schedule& schedule, const Trainer& trainer, const RunFolder& folder, Board& board,
               std::size_t seat) {
  try {
    return Worker(schedule, trainer, folder, board, seat).run();
  } catch (const Stopped&) {
    return WorkerEnd::stopped;
  }
}

}  // namespace sca::experiments::ablation
