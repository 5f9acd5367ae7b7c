#include "experiments/runner/run_plan.hpp"

#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <iostream>
#include <thread>

#include "evidence/input/error.hpp"
#include "evidence/progress.hpp"
#include "experiments/runner/manifest.hpp"
#include "experiments/runner/pace.hpp"
#include "experiments/runner/stop.hpp"

namespace sca::experiments::ablation {
namespace {

using Clock = std::chrono::steady_clock;

/// Deaths after which nothing more is started: it is not the run's fault any more.
constexpr std::size_t most_deaths = 3;

void say(const std::string& text) { std::cerr << fmt::format("sca ablate: {}\n", text) << std::flush; }

/// The workers of one process.
class Crew {
 public:
  Crew(Schedule& schedule, const Trainer& trainer, const RunFolder& folder, unsigned jobs)
      : schedule_(schedule),
        trainer_(trainer),
        folder_(folder),
        board_(jobs, std::max<std::size_t>(1, schedule.slots().size())),
        workers_(jobs, 0) {
    for (std::size_t seat = 0; seat < workers_.size(); ++seat) start(seat);
  }
  ~Crew() {
    signal_all(SIGKILL);
    for (const pid_t worker : workers_) {
      if (worker > 0) waitpid(worker, nullptr, 0);
    }
  }
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  Board& board() { return board_; }
  std::size_t deaths() const { return deaths_; }
  bool has_refused() const { return has_refused_; }

  void signal_all(int signal) const {
    for (const pid_t worker : workers_) {
      if (worker > 0) kill(worker, signal);
    }
  }

  /// Whether any worker is still there. One that died is replaced, without the run that it died of.
  bool look(bool may_start) {
    bool is_any = false;
    for (std::size_t seat = 0; seat < workers_.size(); ++seat) {
      int status = 0;
      if (workers_[seat] > 0 && waitpid(workers_[seat], &status, WNOHANG) == workers_[seat])
        ended(seat, status, may_start);
      is_any = is_any || workers_[seat] > 0;
    }
    return is_any;
  }

 private:
  void start(std::size_t seat) {
    board_.seat(seat).slot = -1;
    std::cout.flush();
    std::cerr.flush();
    const pid_t parent = getpid();
    const pid_t worker = fork();
    if (worker < 0) throw std::system_error(errno, std::generic_category(), "fork");
    if (worker == 0) serve(parent, seat);
    workers_[seat] = worker;
  }

  [[noreturn]] void serve(pid_t parent, std::size_t seat) {
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    int code = static_cast<int>(WorkerEnd::failed);
    if (getppid() != parent) _exit(code);
    try {
      code = static_cast<int>(work(schedule_, trainer_, folder_, board_, seat));
    } catch (const evidence::InputError& error) {
      say(error.what());
      code = static_cast<int>(WorkerEnd::bad_input);
    } catch (const std::exception& error) {
      say(fmt::format("internal error: {}", error.what()));
    }
    _exit(code);
  }

  void ended(std::size_t seat, int status, bool may_start) {
    const pid_t worker = workers_[seat];
    workers_[seat] = 0;
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    if (code == static_cast<int>(WorkerEnd::bad_input)) has_refused_ = true;
    if (code == static_cast<int>(WorkerEnd::done) || code == static_cast<int>(WorkerEnd::stopped) ||
        has_refused_)
      return;
    const std::int64_t slot = board_.seat(seat).slot;
    const std::string what =
        slot < 0 ? "between runs"
                 : "at " + described(schedule_.like(schedule_.slots()[static_cast<std::size_t>(slot)]));
    const std::string how =
        code < 0 ? fmt::format("signal {}", WTERMSIG(status)) : fmt::format("exit code {}", code);
    say(fmt::format("worker {} died ({}) {}; the next `sca ablate run` tries it again", worker, how, what));
    ++deaths_;
    board_.seat(seat).slot = -1;
    if (slot >= 0) board_.give_up(static_cast<std::size_t>(slot));
    if (may_start && slot >= 0 && deaths_ < most_deaths) start(seat);
  }

  Schedule& schedule_;
  const Trainer& trainer_;
  const RunFolder& folder_;
  Board board_;
  std::vector<pid_t> workers_;
  std::size_t deaths_ = 0;
  bool has_refused_ = false;
};

/// One line that is rewritten on a terminal, a line a minute elsewhere.
class Display {
 public:
  void show(const Pace& pace, std::span<Board::Seat> seats) {
    line_.show(pace.done(), pace.total(), pace.line(seats));
    if (is_terminal_ || Clock::now() < next_) return;
    say(pace.line(seats));
    next_ = Clock::now() + std::chrono::minutes(1);
  }

 private:
  bool is_terminal_ = isatty(STDERR_FILENO) == 1;
  evidence::ProgressLine line_;
  Clock::time_point next_ = Clock::now() + std::chrono::seconds(10);  // time for a pace
};

/// Leases and choice runs' folders that a process left when it was killed after its record.
void tidy(Schedule& schedule, const RunFolder& folder, const Records& records) {
  const Leases leases(folder.leases(), folder.patience);
  leases.sweep();
  for (std::size_t i = 0; i < schedule.slots().size(); ++i) {
    const Job* job = schedule.job(i, records);
    if (job == nullptr || !records.has(job->id)) continue;
    leases.forget(job->id);
    clear(folder.run(job->id), !schedule.slots()[i].is_choice);
  }
}

void supervise(Crew& crew, Pace& pace, Records& records) {
  constexpr std::chrono::milliseconds tick{50};
  constexpr std::chrono::seconds between_looks{1};
  Display display;
  Clock::time_point next = Clock::now();
  int passed_on = 0;
  while (crew.look(StopSignals::caught() == 0)) {
    if (const int count = StopSignals::count(); count > passed_on) {
      crew.signal_all(count > 1 ? SIGKILL : SIGTERM);
      passed_on = count;
    }
    if (crew.has_refused() || crew.deaths() >= most_deaths) crew.signal_all(SIGTERM);
    if (Clock::now() >= next) {
      records.refresh();
      pace.look(records, crew.board().seats());
      display.show(pace, crew.board().seats());
      next = Clock::now() + between_looks;
    }
    std::this_thread::sleep_for(tick);
  }
}

}  // namespace

RunResult run_plan(const Plan& plan, const Expansion& expansion, const Trainer& trainer,
                   const RunRequest& request) {
  open_folder(request.into, manifest(plan, expansion, trainer, request.provenance));
  const RunFolder folder{request.into, request.patience};
  Schedule schedule(expansion, request.shard, trainer.id);
  Pace pace(schedule, trainer.cost);
  Records records(folder.path);
  records.refresh();
  tidy(schedule, folder, records);
  pace.look(records, {});
  RunResult result{.total = pace.total()};
  if (pace.done() < pace.total()) {
    const StopSignals signals;
    Crew crew(schedule, trainer, folder, request.jobs);
    supervise(crew, pace, records);
    records.refresh();
    pace.look(records, {});
    result.failed = crew.deaths();
    result.signal = StopSignals::caught();
    result.is_refused = crew.has_refused();
  }
  result.done = pace.done();
  result.diverged = pace.diverged();
  return result;
}

}  // namespace sca::experiments::ablation
