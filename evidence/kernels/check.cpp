#include "evidence/kernels/check.hpp"

#include <algorithm>
#include <atomic>
#include <iterator>
#include <mutex>

#include "evidence/kernels/generator.hpp"
#include "evidence/kernels/on_threads.hpp"
#include "evidence/networks/network_case.hpp"

namespace sca::evidence::kernels {
namespace {

constexpr std::size_t core_rounds = 2;
constexpr std::size_t operator_rounds = 10;  // a case costs a hundredth of the core's

}  // namespace

std::vector<Case> fixed_cases() {
  std::vector<Case> cases = systematic_cases(fixed_seed, core_rounds, operator_rounds);
  std::ranges::copy(networks::fixed_cases(fixed_seed), std::back_inserter(cases));
  std::ranges::stable_sort(cases, {}, volume);
  return cases;
}

Tally check_all(const SubjectFactory& make, const Selection& selection, const std::vector<Case>& cases,
                const std::vector<Trial>& trials, unsigned jobs, const Progress& progress) {
  const std::size_t total = cases.size() + trials.size();
  std::vector<std::vector<Result>> results(total);
  std::atomic<std::size_t> next{0};
  std::size_t done = 0;
  std::mutex mutex;
  on_threads(jobs, [&] {
    Bench bench(make);
    for (std::size_t i = next++; i < total; i = next++) {
      // The dearest ones first, so that no thread is left alone with one.
      const std::size_t at = total - 1 - i;
      const Trial* trial = at < cases.size() ? nullptr : &trials[at - cases.size()];
      const auto wanted = [&](const Property& property, std::string_view kernel) {
        return selection.takes(property.operation, kernel) &&
               (trial == nullptr || (fits(trial->kernel, kernel) && fits(trial->property, property.name)));
      };
      results[at] = bench.try_case(trial == nullptr ? cases[at] : trial->one, wanted);
      const std::scoped_lock lock(mutex);
      if (progress) progress(++done, total);
    }
  });
  Tally tally;
  for (std::size_t i = 0; i < total; ++i) {
    const Case& one = i < cases.size() ? cases[i] : trials[i - cases.size()].one;
    for (const Result& result : results[i]) tally.add(one, result);
  }
  return tally;
}

}  // namespace sca::evidence::kernels
