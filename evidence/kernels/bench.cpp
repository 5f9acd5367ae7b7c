#include "evidence/kernels/bench.hpp"

#include <algorithm>
#include <chrono>

namespace sca::evidence::kernels {

std::vector<Result> Bench::try_case(const Case& one, const Wanted& wanted) {
  std::vector<Result> results;
  for (const Property& property : properties()) {
    for (const auto& subject : subjects_) {
      if (subject->kind() != kind_of(one) || !subject->has(property) || !wanted(property, subject->name()))
        continue;
      const auto start = std::chrono::steady_clock::now();
      Outcome outcome = subject->check(property, one);
      const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
      results.push_back({std::string(subject->name()), &property, std::move(outcome), taken.count()});
    }
  }
  return results;
}

Subject& Bench::subject(std::string_view kernel) {
  return **std::ranges::find(subjects_, kernel, [](const auto& subject) { return subject->name(); });
}

}  // namespace sca::evidence::kernels
