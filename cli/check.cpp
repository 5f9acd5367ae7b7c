#include "cli/check.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "bench/pinning.hpp"
#include "cli/check_elementary.hpp"
#include "cli/kernels.hpp"
#include "cli/usage.hpp"
#include "embedded.hpp"
#include "evidence/input/file.hpp"
#include "evidence/kernels/check.hpp"
#include "evidence/kernels/corpus.hpp"
#include "evidence/kernels/crash_report.hpp"
#include "evidence/progress.hpp"
#include "evidence/table.hpp"

namespace sca::cli {
namespace {

namespace ek = evidence::kernels;
using evidence::judge::Verdict;

constexpr const char* check_footer =
    R"(Every property of every kernel on the same cases on every machine: each regime in each dialect, and the corpus of
past counterexamples. error/bound is the largest found, and above 1 fails; bounds are derived from what the kernel
declares. vacuous: zeros would pass. kinks: comparisons that rounding may turn, where either side is accepted.
Then the mutants, kernels and networks with one mistake each: one that survives is a hole in this check, and fails it. Races
between threads are skipped where there is one CPU.
--elementary instead: the largest errors of the SIMD kernels' sin, cos, exp and log1p, in units u of their precision,
against what they declare and every bound rests on: over every float, or every N-th run of 1024 of them.
Exit code: 1 if anything fails or survives, 3 if of some kernel and property nothing but vacuous bounds came out.)";

struct CheckOptions : KernelOptions {
  std::vector<std::string> corpus;
  bool list = false;
  bool elementary = false;
  std::size_t every = 1;
};

/// The corpus that is built in, then the files and the files of the folders that the user named.
std::vector<ek::Trial> corpus(const std::vector<std::string>& named) {
  std::vector<ek::Trial> trials;
  const auto add = [&](std::string_view text, const std::string& name) {
    std::ranges::move(ek::parse_trials(text, name), std::back_inserter(trials));
  };
  for (const std::string_view name : embedded_names()) {
    if (name.starts_with("corpus/")) add(embedded_text(name), std::string(name));
  }
  for (const std::filesystem::path path : named) {
    std::vector<std::filesystem::path> files{path};
    if (std::filesystem::is_directory(path)) {
      files.clear();
      for (const auto& entry : std::filesystem::directory_iterator(path)) {
        if (entry.path().extension() == ".txt") files.push_back(entry.path());
      }
      std::ranges::sort(files);
    }
    for (const auto& file : files) add(evidence::read_file(file), file.string());
  }
  return trials;
}

int list(const std::vector<std::string>& kernels, const std::string& runner) {
  for (const std::string& kernel : kernels) {
    for (const std::string& name : ek::full_names(kernel)) fmt::print(std::cout, "{}\n", name);
  }
  evidence::Table table({{"property"}, {"what holds"}});
  for (const ek::Property& one : ek::properties()) table.add({std::string(one.name), std::string(one.what)});
  std::cout << "\n";
  table.print(std::cout, evidence::stdout_takes_colour());
  std::cout << "\n";
  evidence::Table wrong({{"mutant"}, {"mistake"}});
  for (const ek::Mutant& one : mutants(runner)) wrong.add({one.name, one.mistake});
  wrong.print(std::cout, evidence::stdout_takes_colour());
  return good;
}

void print(const ek::Tally& tally, const CheckOptions& options) {
  if (!options.json) {
    print(std::cout, tally, evidence::stdout_takes_colour());
    for (const ek::Count& one : tally.counts()) {
      if (one.smallest) std::cout << "\n" << to_text(*one.smallest);
    }
    return;
  }
  for (const ek::Count& one : tally.counts()) {
    std::cout << to_json(one).dump() << "\n";
    if (one.smallest) std::cout << to_json(*one.smallest).dump() << "\n";
  }
}

/// Takes out, and tells, what this machine cannot show.
void skip_races(std::vector<ek::Mutant>& wanted, bool json) {
  if (bench::usable_cpus() != 1) return;
  for (const ek::Mutant& one : wanted) {
    if (!one.is_race) continue;
    const nlohmann::ordered_json record{
        {"mutant", one.name}, {"mistake", one.mistake}, {"verdict", "skipped"}, {"what", "needs two CPUs"}};
    std::cout << (json ? record.dump() : fmt::format("{}: skipped, a race needs two CPUs", one.name)) << "\n";
  }
  std::erase_if(wanted, [](const ek::Mutant& one) { return one.is_race; });
}

/// Kills what of the mutants is selected; whether none survives.
bool check_mutants(const ek::Selection& selection, const std::vector<ek::Case>& cases,
                   const CheckOptions& options) {
  std::vector<ek::Mutant> wanted = mutants(options.runner);
  std::erase_if(wanted, [&](const ek::Mutant& one) { return !selection.takes(one.name); });
  skip_races(wanted, options.json);
  if (wanted.empty()) return true;
  evidence::ProgressLine line;
  const auto kills = ek::check_mutants(wanted, cases, options.jobs, [&](std::size_t done, std::size_t total) {
    line.show(done, total, "mutants killed");
  });
  const auto survivors = std::ranges::count_if(kills, [](const ek::Kill& kill) { return !kill.by; });
  if (options.json) {
    for (const ek::Kill& kill : kills) std::cout << to_json(kill).dump() << "\n";
  } else {
    std::cout << "\n";
    print(std::cout, kills, evidence::stdout_takes_colour());
    fmt::print(std::cout, "\n{} mutants: {} killed, {} survived\n", kills.size(),
               static_cast<std::ptrdiff_t>(kills.size()) - survivors, survivors);
  }
  return survivors == 0;
}

}  // namespace

int check(const std::vector<std::string>& arguments) {
  CLI::App app("Put kernels through every property, on fixed cases.", "sca check");
  CheckOptions options;
  declare(app, options);
  app.add_option("--corpus", options.corpus, "more one-line cases: a file, or a folder of .txt files");
  app.add_flag("--list", options.list, "the kernels, the properties, the mutants; checks nothing");
  auto* elementary = app.add_flag("--elementary", options.elementary,
                                  "measure the kernels' elementary functions over every float; minutes");
  app.add_option("--every", options.every, "with --elementary: of so many runs of floats only one (1)")
      ->needs(elementary)
      ->check(CLI::Range(1, 1 << 13));
  app.footer(check_footer);
  if (const auto code = parse(app, arguments)) return *code;
  if (options.elementary) return check_elementary(options, options.every, arguments);
  require_runner(options.runner);
  const ek::SubjectFactory make = kernels_of(options);
  std::vector<std::string> names = names_of(make);
  if (options.list) return list(names, options.runner);
  const bool has_mutants = options.plugin.empty();
  for (const ek::Mutant& one : mutants(options.runner)) {
    if (has_mutants) names.push_back(one.name);
  }
  const ek::Selection selected = selection(options.patterns, names);
  const std::vector<ek::Trial> trials = corpus(options.corpus);
  std::vector<ek::Case> cases = ek::fixed_cases();

  print(evidence::provenance("check", arguments, fmt::format("{}", ek::fixed_seed)), options.json);
  ek::report_crashes();
  ek::Tally tally;
  {
    evidence::ProgressLine line;
    tally = check_all(make, selected, cases, trials, options.jobs,
                      [&](std::size_t done, std::size_t total) { line.show(done, total, "cases"); });
  }
  if (!tally.counts().empty()) print(tally, options);
  for (const ek::Trial& trial : trials) cases.push_back(trial.one);
  const bool all_killed = !has_mutants || check_mutants(selected, cases, options);
  if (!all_killed || tally.verdict() == Verdict::fail) return failed;
  return tally.verdict() == Verdict::vacuous ? undecided : good;
}

}  // namespace sca::cli
