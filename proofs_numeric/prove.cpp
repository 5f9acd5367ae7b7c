#include "proofs_numeric/prove.hpp"

#include <flint/flint.h>
#include <mpfr.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>

namespace sca::proofs {
namespace {

struct Task {
  std::size_t claim;
  const Instance* instance;
  std::size_t order;
  Findings findings;
  double seconds = 0;
};

double cost(const Task& task) {
  const Prefix<Rational>& prefix = task.instance->prefix;
  return static_cast<double>(prefix.t) * static_cast<double>(prefix.t) * static_cast<double>(prefix.d);
}

std::vector<Task> plan(const std::vector<RegisteredClaim>& claims, const std::vector<Instance>& instances) {
  static const Instance construction = [] {
    Instance instance;
    instance.name = "its own construction";
    return instance;
  }();
  std::vector<Task> tasks;
  for (std::size_t c = 0; c < claims.size(); ++c) {
    const Claim& claim = claims[c].claim;
    if (!claim.applies) tasks.push_back({c, &construction, tasks.size(), {}, 0});
    for (const Instance& instance : instances) {
      if (claim.applies && claim.applies(instance)) tasks.push_back({c, &instance, tasks.size(), {}, 0});
    }
  }
  // Longest first, so that no thread is left alone with a long one.
  std::ranges::stable_sort(tasks, std::ranges::greater{}, cost);
  return tasks;
}

void run(Task& task, const Claim& claim, const Settings& settings, Variant variant) {
  const auto start = std::chrono::steady_clock::now();
  task.findings =
      evidence::decide(max_bits(settings), [&] { return claim.check(*task.instance, settings, variant); });
  for (Finding& finding : task.findings) finding.instance = task.instance->name;
  task.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Runs all tasks on `jobs` threads; the first exception of any of them is thrown on.
void run_all(std::vector<Task>& tasks, const std::vector<RegisteredClaim>& claims, const Settings& settings,
             Variant variant, unsigned jobs, const Progress& progress) {
  std::atomic<std::size_t> next{0};
  std::size_t done = 0;
  std::mutex mutex;
  std::exception_ptr failure;
  const auto work = [&] {
    for (std::size_t i = next++; i < tasks.size(); i = next++) {
      try {
        run(tasks[i], claims[tasks[i].claim].claim, settings, variant);
      } catch (...) {
        const std::scoped_lock lock(mutex);
        if (!failure) failure = std::current_exception();
        next = tasks.size();
      }
      const std::scoped_lock lock(mutex);
      if (progress) progress(++done, tasks.size(), claims[tasks[i].claim].entry->id);
    }
    mpfr_free_cache();
    flint_cleanup();
  };
  {
    std::vector<std::jthread> threads;
    for (unsigned n = 0; n < std::max(1U, jobs); ++n) threads.emplace_back(work);
  }
  if (failure) std::rethrow_exception(failure);
}

evidence::Verdict verdict(const Claim& claim, const Findings& findings) {
  using evidence::Decision;
  using evidence::Verdict;
  const auto any = [&](Decision decision) {
    return std::ranges::any_of(findings,
                               [&](const Finding& finding) { return finding.decision == decision; });
  };
  if (findings.empty()) return Verdict::undecided;
  if (any(Decision::fails)) return Verdict::refuted;
  if (any(Decision::unknown)) return Verdict::undecided;
  return claim.reach == Reach::instances ? Verdict::certified : Verdict::proved;
}

/// Failures before the unknown before bounds by clearance before anything else.
double weight(const Finding& finding) {
  if (finding.decision == evidence::Decision::fails) return 1e300;
  if (finding.decision == evidence::Decision::unknown) return 1e200;
  return finding.clearance.value_or(-1);
}

}  // namespace

unsigned max_bits(const Settings& settings) {
  return std::max(8192U, 16 * static_cast<unsigned>(settings.digits));
}

std::vector<ClaimResult> prove(const std::vector<RegisteredClaim>& claims,
                               const std::vector<Instance>& instances, const Settings& settings,
                               Variant variant, unsigned jobs, const Progress& progress) {
  std::vector<Task> tasks = plan(claims, instances);
  run_all(tasks, claims, settings, variant, jobs, progress);
  std::ranges::sort(tasks, {}, &Task::order);  // the simplest witness first
  std::vector<ClaimResult> results(claims.size());
  for (std::size_t c = 0; c < claims.size(); ++c) results[c].entry = claims[c].entry;
  for (Task& task : tasks) {
    ClaimResult& result = results[task.claim];
    ++result.instances;
    result.seconds += task.seconds;
    std::ranges::move(task.findings, std::back_inserter(result.findings));
  }
  for (std::size_t c = 0; c < claims.size(); ++c) {
    results[c].verdict = verdict(claims[c].claim, results[c].findings);
    if (!results[c].findings.empty())
      results[c].deciding = *std::ranges::max_element(results[c].findings, {}, weight);
  }
  return results;
}

}  // namespace sca::proofs
