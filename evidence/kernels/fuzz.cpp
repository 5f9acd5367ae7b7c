#include "evidence/kernels/fuzz.hpp"

#include <atomic>
#include <mutex>
#include <set>

#include "evidence/kernels/generator.hpp"
#include "evidence/kernels/on_threads.hpp"
#include "evidence/kernels/shrink.hpp"

namespace sca::evidence::kernels {
namespace {

using Clock = std::chrono::steady_clock;
using judge::Verdict;

/// One run of `fuzz`: what its threads share.
class Searcher {
 public:
  Searcher(const SubjectFactory& make, const FuzzSettings& settings, const Watcher& watcher)
      : make_(make), settings_(settings), watcher_(watcher), shrinking_left_(settings.shrinking) {}

  Search run() {
    on_threads(settings_.jobs, [this] { work(); });
    search_.seconds = seconds_since(start_);
    return std::move(search_);
  }

 private:
  static double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
  }

  void work() {
    Bench bench(make_);
    const auto wanted = [this](const Property& property, std::string_view kernel) {
      return settings_.selection.takes(property.operation, kernel);
    };
    const std::vector<std::string> kinds = kinds_of(bench.subjects(), settings_.selection);
    try {
      while (!is_over_ && seconds_since(start_) < settings_.time.count()) {
        const Case one = random_case(kinds, settings_.seed, next_++);
        const std::vector<Result> results = bench.try_case(one, wanted);
        for (const Result& result : fresh_failures(one, results)) shrink_and_tell(bench, one, result);
      }
    } catch (...) {
      is_over_ = true;
      throw;
    }
  }

  /// Counts the results. Of a kernel's property only the first failure is fresh: the next ones are likely the
  /// same mistake.
  std::vector<Result> fresh_failures(const Case& one, const std::vector<Result>& results) {
    const std::scoped_lock lock(mutex_);
    std::vector<Result> fresh;
    for (const Result& result : results) {
      search_.tally.add(one, result);
      if (result.outcome.verdict == Verdict::fail && known_.emplace(result.kernel, result.property).second)
        fresh.push_back(result);
    }
    ++search_.cases;
    search_.seconds = seconds_since(start_);
    if (watcher_.progress) watcher_.progress(search_);
    if (watcher_.shall_stop && watcher_.shall_stop()) is_over_ = true;
    return fresh;
  }

  void shrink_and_tell(Bench& bench, const Case& one, const Result& result) {
    Outcome last = result.outcome;
    const auto fails = [&](const Case& candidate) {
      Outcome outcome = bench.check(result.kernel, *result.property, candidate);
      const bool still = outcome.verdict == Verdict::fail;
      if (still) last = std::move(outcome);
      return still;
    };
    const Clock::time_point before = Clock::now();
    const Case smallest = shrunk(one, fails, before + time_to_shrink());
    const std::scoped_lock lock(mutex_);
    shrinking_left_ -= Clock::now() - before;
    if (watcher_.failed)
      watcher_.failed({{result.kernel, std::string(result.property->name), smallest}, last});
  }

  /// A third of what is left: a kernel that hangs leaves something for the others.
  Clock::duration time_to_shrink() {
    const std::scoped_lock lock(mutex_);
    return std::chrono::duration_cast<Clock::duration>(shrinking_left_ / 3);
  }

  const SubjectFactory& make_;
  const FuzzSettings& settings_;
  const Watcher& watcher_;
  const Clock::time_point start_ = Clock::now();
  std::atomic<std::uint64_t> next_{0};
  std::atomic<bool> is_over_{false};
  std::mutex mutex_;  // of everything below
  std::chrono::duration<double> shrinking_left_;
  std::set<std::pair<std::string, const Property*>> known_;
  Search search_;
};

}  // namespace

Search fuzz(const SubjectFactory& make, const FuzzSettings& settings, const Watcher& watcher) {
  return Searcher(make, settings, watcher).run();
}

std::vector<Rate> rates(const Search& search, unsigned jobs) {
  std::vector<Rate> result;
  for (const Count& one : search.tally.counts()) {
    if (result.empty() || result.back().property != one.property) result.push_back({one.property, 0, 0});
    result.back().trials += one.cases;
    result.back().a_minute += one.seconds;
  }
  for (Rate& rate : result) rate.a_minute = 60 * jobs * static_cast<double>(rate.trials) / rate.a_minute;
  return result;
}

}  // namespace sca::evidence::kernels
