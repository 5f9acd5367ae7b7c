#include "experiments/runner/probing.hpp"

#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <iostream>
#include <system_error>

#include "evidence/input/error.hpp"
#include "experiments/runner/pace.hpp"

namespace sca::experiments::ablation {
namespace {

bool is_listed(const Fields& probes, const char* list, const std::string& name) {
  return std::ranges::any_of(probes.value(list, Fields::array()),
                             [&](const Fields& one) { return one == name; });
}

void write_probe(const std::filesystem::path& file, const std::vector<nlohmann::ordered_json>& records) {
  const std::filesystem::path draft = file.parent_path() / (".new-" + unique_name());
  std::ofstream out(draft, std::ios::binary);
  for (const auto& record : records) out << record.dump() << "\n";
  out.close();
  if (!out) throw evidence::InputError(file.string(), "probe", "a file that can be written", "none");
  std::filesystem::rename(draft, file);
}

void probe_all(const std::vector<Job>& runs, const RunFolder& folder, const Prober& prober) {
  Leases leases(folder.leases(), folder.patience);
  for (const Job& run : runs) {
    const std::filesystem::path file = probe_file(folder, run.id);
    if (std::filesystem::exists(file)) continue;
    const std::unique_ptr<Lease> lease = leases.acquire("probe-" + run.id);
    if (!lease || std::filesystem::exists(file)) continue;
    std::cerr << fmt::format("sca ablate: probing {}\n", described(run.config));
    write_probe(file, prober(folder.run(run.id), run.config));
    leases.forget("probe-" + run.id);
  }
}

[[noreturn]] void serve_probes(const std::vector<Job>& runs, const RunFolder& folder, const Prober& prober) {
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  int code = 0;
  try {
    probe_all(runs, folder, prober);
  } catch (const std::exception& error) {
    std::cerr << fmt::format("sca ablate: {}\n", error.what()) << std::flush;
    code = 1;
  }
  _exit(code);
}

}  // namespace

std::vector<Job> probed_runs(Schedule& schedule, const Records& records) {
  const Expansion& expansion = schedule.expansion();
  const Fields& probes = expansion.profile.probes;
  std::vector<Job> runs;
  for (std::size_t i = 0; i < schedule.slots().size(); ++i) {
    const Slot& slot = schedule.slots()[i];
    const Cell& cell = expansion.cells[slot.cell];
    if (slot.is_choice || slot.index != 0 || !is_listed(probes, "arms", expansion.arms[cell.arm]) ||
        !is_listed(probes, "tasks", cell.config.task))
      continue;
    const Job* job = schedule.job(i, records);
    const auto* record = job != nullptr ? records.find(job->id) : nullptr;
    const bool has_layers = cell.config.model.ratio > 0;
    if (record != nullptr && has_layers && record->value("status", "") == "done") runs.push_back(*job);
  }
  return runs;
}

std::filesystem::path probe_file(const RunFolder& folder, const std::string& id) {
  return folder.path / ("probe-" + id + ".jsonl");
}

std::size_t run_probes(const std::vector<Job>& runs, const RunFolder& folder, const Prober& prober,
                       unsigned jobs) {
  std::vector<pid_t> workers;
  for (unsigned i = 0; i < jobs; ++i) {
    std::cerr.flush();
    const pid_t worker = fork();
    if (worker < 0) throw std::system_error(errno, std::generic_category(), "fork");
    if (worker == 0) serve_probes(runs, folder, prober);
    workers.push_back(worker);
  }
  bool is_well = true;
  for (const pid_t worker : workers) {
    int status = 0;
    waitpid(worker, &status, 0);
    is_well = is_well && WIFEXITED(status) && WEXITSTATUS(status) == 0;
  }
  if (!is_well) throw std::runtime_error("a process that probes ended badly");
  return static_cast<std::size_t>(std::ranges::count_if(
      runs, [&](const Job& run) { return std::filesystem::exists(probe_file(folder, run.id)); }));
}

}  // namespace sca::experiments::ablation
