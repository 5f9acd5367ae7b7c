#include "experiments/run.hpp"

#include <atomic>
#include <mutex>
#include <optional>

#include "evidence/kernels/on_threads.hpp"

namespace sca::experiments {

void run(const std::vector<Task>& tasks, const std::map<std::string, Lines>& known, unsigned jobs,
         const RunListener& listener) {
  std::vector<std::optional<Lines>> finished(tasks.size());
  std::size_t done = 0;
  std::size_t taken = 0;
  std::mutex mutex;
  const auto finish = [&](std::size_t u, Lines lines, bool is_new) {
    const std::scoped_lock lock(mutex);
    if (is_new) listener.keep(lines);
    finished[u] = std::move(lines);
    for (; taken < tasks.size() && finished[taken]; ++taken) listener.take(*finished[taken]);
    listener.progress(++done, tasks.size(), tasks[u].name);
  };
  std::vector<std::size_t> open;
  for (std::size_t u = 0; u < tasks.size(); ++u) {
    const auto found = known.find(tasks[u].name);
    found == known.end() ? open.push_back(u) : finish(u, found->second, false);
  }
  std::atomic<std::size_t> next = 0;
  evidence::kernels::on_threads(jobs, [&] {
    for (std::size_t i = next++; i < open.size(); i = next++) {
      Lines lines = tasks[open[i]].compute();
      if (!lines.empty()) lines.back()["end"] = true;
      finish(open[i], std::move(lines), true);
    }
  });
}

}  // namespace sca::experiments
