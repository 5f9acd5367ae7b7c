#include "evidence/kernels/mutation.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <mutex>
#include <ostream>

#include "evidence/kernels/on_threads.hpp"
#include "evidence/table.hpp"

namespace sca::evidence::kernels {
namespace {

using judge::Verdict;

/// Gradients cost the reference most: last.
std::vector<const Property*> cheapest_first() {
  std::vector<const Property*> all;
  for (const Property& one : properties()) all.push_back(&one);
  std::ranges::stable_sort(all, {}, [](const Property* one) { return one->operation == SCA_BACKWARD; });
  return all;
}

void try_on(const Case& one, std::span<Kill*> kills, Oracle& oracle) {
  for (const Property* property : cheapest_first()) {
    for (Kill* kill : kills) {
      KernelSubject subject(kill->mutant.name, kill->mutant.kernel, oracle);
      if (kill->by || subject.kind() != kind_of(one) || !subject.has(*property)) continue;
      Outcome outcome = subject.check(*property, one);
      if (outcome.verdict == Verdict::fail)
        kill->by = Failure{{kill->mutant.name, std::string(property->name), one}, std::move(outcome)};
    }
  }
}

}  // namespace

std::vector<Kill> check_mutants(const std::vector<Mutant>& mutants, const std::vector<Case>& cases,
                                unsigned jobs, const Progress& progress) {
  std::vector<Kill> kills;
  for (const Mutant& mutant : mutants) kills.push_back({mutant, std::nullopt});
  std::mutex mutex;
  std::size_t next = 0;
  std::size_t dead = 0;
  // A block of neighbours a thread: they have an arithmetic in common more often than not.
  const std::size_t block = (kills.size() + jobs - 1) / std::max(jobs, 1U);
  on_threads(jobs, [&] {
    const reference::DigitsScope digits(reference_digits);
    Oracle oracle;
    std::vector<Kill*> mine;
    {
      const std::scoped_lock lock(mutex);
      for (; mine.size() < block && next < kills.size(); ++next) mine.push_back(&kills[next]);
    }
    // From the last one on: those are small, and made for one thing that goes wrong.
    for (auto one = cases.rbegin(); one != cases.rend(); ++one) {
      const std::size_t before = mine.size();
      try_on(*one, mine, oracle);
      std::erase_if(mine, [](const Kill* kill) { return kill->by.has_value(); });
      const std::scoped_lock lock(mutex);
      dead += before - mine.size();
      if (progress) progress(dead, kills.size());
      if (mine.empty()) break;
    }
  });
  return kills;
}

void print(std::ostream& out, const std::vector<Kill>& kills, bool colour) {
  Table table({{"mutant"}, {"mistake"}, {"killed by"}, {"case"}});
  for (const Kill& kill : kills) {
    table.add({kill.mutant.name, kill.mutant.mistake, kill.by ? kill.by->trial.property : "SURVIVED",
               kill.by ? to_line(kill.by->trial.one) : "-"});
  }
  table.print(out, colour);
}

nlohmann::ordered_json to_json(const Kill& kill) {
  nlohmann::ordered_json json{{"mutant", kill.mutant.name},
                              {"mistake", kill.mutant.mistake},
                              {"verdict", kill.by ? "killed" : "survived"}};
  if (kill.by) {
    json["property"] = kill.by->trial.property;
    json["case"] = to_line(kill.by->trial.one);
    json["what"] = kill.by->outcome.what;
    json["replay"] = replay_command(kill.by->trial);
  }
  return json;
}

}  // namespace sca::evidence::kernels
