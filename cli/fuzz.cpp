#include "cli/fuzz.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <iostream>
#include <random>

#include "cli/kernels.hpp"
#include "cli/usage.hpp"
#include "evidence/input/error.hpp"
#include "evidence/kernels/corpus.hpp"
#include "evidence/kernels/crash_report.hpp"
#include "evidence/kernels/fuzz.hpp"
#include "evidence/progress.hpp"
#include "evidence/table.hpp"

namespace sca::cli {
namespace {

namespace ek = evidence::kernels;
using evidence::judge::Verdict;

constexpr const char* fuzz_footer =
    R"(Random cases, a function of the seed alone, until the time is up or Ctrl-C. The first failure of each property of each
kernel is shrunk to a smallest case and printed as a command that shows it again. --save keeps it as a file that
`sca replay FILE` and `sca check --corpus DIR` take; a file is whole or absent, whenever this is killed.
"a minute": what the threads would get through if that property were the only one, reference included.
Exit code: 1 if anything failed.)";

struct FuzzOptions : KernelOptions {
  double seconds = 60;
  std::optional<std::uint64_t> seed;
  std::string folder;
};

std::atomic<bool> interrupted{false};

void declare_search(CLI::App& app, FuzzOptions& options) {
  const CLI::AsNumberWithUnit unit(
      std::map<std::string, double>{{"s", 1}, {"m", 60}, {"min", 60}, {"h", 3600}},
      CLI::AsNumberWithUnit::DEFAULT, "TIME");
  app.add_option("--for", options.seconds, "how long: 90, 90s, 5m, 1h (60s)")
      ->transform(unit)
      ->check(CLI::PositiveNumber);
  app.add_option("--seed", options.seed, "of the cases; default: a fresh one");
  app.add_option("--save", options.folder, "keep failures in this folder, one file each");
}

/// Mutants fail: they are searched only where they are asked for.
bool names_mutants(const std::vector<std::string>& patterns) {
  return std::ranges::any_of(patterns,
                             [](const std::string& pattern) { return pattern.starts_with("mutant"); });
}

std::uint64_t fresh_seed() {
  std::random_device entropy;
  return entropy();
}

/// Before the search, not at its first failure.
void require_writable(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (access(folder.c_str(), W_OK) != 0 || !std::filesystem::is_directory(folder, error))
    throw UsageError("--save: expected a folder that can be written to, found " +
                     evidence::in_quotes(folder.string()));
}

void tell(const ek::Failure& failure, const FuzzOptions& options) {
  std::string path;
  if (!options.folder.empty()) path = save(failure.trial, failure.outcome.what, options.folder).string();
  if (options.json) {
    auto record = to_json(failure);
    if (!path.empty()) record["file"] = path;
    std::cout << record.dump() << "\n" << std::flush;
    return;
  }
  std::cout << to_text(failure);
  if (!path.empty()) std::cout << "  kept as " << path << "\n";
  std::cout << "\n" << std::flush;
}

/// Every kernel, every property, the reference and shrinking included.
double cases_a_minute(const ek::Search& search) {
  return 60 * static_cast<double>(search.cases) / search.seconds;
}

void print(const ek::Search& search, const FuzzOptions& options) {
  if (options.json) {
    for (const ek::Count& one : search.tally.counts()) std::cout << to_json(one).dump() << "\n";
    for (const ek::Rate& one : rates(search, options.jobs)) {
      std::cout << nlohmann::ordered_json{{"property", one.property->name},
                                          {"trials", one.trials},
                                          {"a_minute", fmt::format("{:.0f}", one.a_minute)}}
                       .dump()
                << "\n";
    }
    std::cout << nlohmann::ordered_json{{"summary",
                                         {{"cases", search.cases},
                                          {"seconds", fmt::format("{:.1f}", search.seconds)},
                                          {"a_minute", fmt::format("{:.0f}", cases_a_minute(search))}}}}
                     .dump()
              << "\n";
    return;
  }
  print(std::cout, search.tally, evidence::stdout_takes_colour());
  evidence::Table table(
      {{"property"}, {"trials", evidence::Table::Align::right}, {"a minute", evidence::Table::Align::right}});
  for (const ek::Rate& one : rates(search, options.jobs)) {
    table.add(
        {std::string(one.property->name), std::to_string(one.trials), fmt::format("{:.0f}", one.a_minute)});
  }
  std::cout << "\n";
  table.print(std::cout, evidence::stdout_takes_colour());
  fmt::print(std::cout, "\n{} cases in {:.1f} s on {} thread{}: {:.0f} a minute\n", search.cases,
             search.seconds, options.jobs, options.jobs == 1 ? "" : "s", cases_a_minute(search));
}

}  // namespace

int fuzz(const std::vector<std::string>& arguments) {
  CLI::App app("Search for cases on which a kernel breaks a property.", "sca fuzz");
  FuzzOptions options;
  declare(app, options);
  declare_search(app, options);
  app.footer(fuzz_footer);
  if (const auto code = parse(app, arguments)) return *code;
  require_runner(options.runner);
  const ek::SubjectFactory make =
      options.plugin.empty() && options.runner.empty() && names_mutants(options.patterns)
          ? kernels_and_mutants()
          : kernels_of(options);
  const std::uint64_t seed = options.seed.value_or(fresh_seed());
  const ek::FuzzSettings settings{.selection = selection(options.patterns, names_of(make)),
                                  .seed = seed,
                                  .time = std::chrono::duration<double>(options.seconds),
                                  .jobs = options.jobs};
  if (!options.folder.empty()) require_writable(options.folder);
  print(evidence::provenance("fuzz", arguments, std::to_string(seed)), options.json);
  ek::report_crashes();
  signal(SIGINT, [](int) { interrupted = true; });
  ek::Search search;
  {
    evidence::ProgressLine line;
    search = ek::fuzz(make, settings,
                      {.failed = [&](const ek::Failure& failure) { tell(failure, options); },
                       .progress =
                           [&](const ek::Search& now) {
                             line.show(static_cast<std::size_t>(std::min(now.seconds, options.seconds)),
                                       static_cast<std::size_t>(options.seconds),
                                       fmt::format("s, {} cases", now.cases));
                           },
                       .shall_stop = [] { return interrupted.load(); }});
  }
  print(search, options);
  return search.tally.verdict() == Verdict::fail ? failed : good;
}

}  // namespace sca::cli
