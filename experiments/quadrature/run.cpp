#include "experiments/quadrature/run.hpp"

#include <atomic>
#include <mutex>
#include <optional>

#include "evidence/kernels/on_threads.hpp"

namespace sca::experiments {

std::string name_of(const SeriesKey& key) {
  return key.target + " " + key.data + " d=" + std::to_string(key.d) + " " + key.rule + " " + key.window +
         " " + key.band;
}

Lines computed_lines(const Unit& unit) {
  const SeriesRecords records = unit.compute();
  Lines lines;
  for (const PointRecord& point : records.points) lines.push_back(to_json(records.key, point));
  for (const FitRecord& fit : records.fits) lines.push_back(to_json(records.key, fit));
  if (!lines.empty()) lines.back()["end"] = true;
  return lines;
}

void run(const std::vector<Unit>& units, const std::map<std::string, Lines>& known, unsigned jobs,
         const RunListener& listener) {
  std::vector<std::optional<Lines>> finished(units.size());
  std::size_t done = 0;
  std::size_t taken = 0;
  std::mutex mutex;
  const auto finish = [&](std::size_t u, Lines lines, bool is_new) {
    const std::scoped_lock lock(mutex);
    if (is_new) listener.keep(lines);
    finished[u] = std::move(lines);
    for (; taken < units.size() && finished[taken]; ++taken) listener.take(*finished[taken]);
    listener.progress(++done, units.size(), name_of(units[u].key));
  };
  std::vector<std::size_t> open;
  for (std::size_t u = 0; u < units.size(); ++u) {
    const auto found = known.find(name_of(units[u].key));
    found == known.end() ? open.push_back(u) : finish(u, found->second, false);
  }
  std::atomic<std::size_t> next = 0;
  evidence::kernels::on_threads(jobs, [&] {
    for (std::size_t i = next++; i < open.size(); i = next++)
      finish(open[i], computed_lines(units[open[i]]), true);
  });
}

}  // namespace sca::experiments
