#include "cli/replay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <set>

#include "cli/kernels.hpp"
#include "cli/usage.hpp"
#include "evidence/input/error.hpp"
#include "evidence/input/file.hpp"
#include "evidence/kernels/corpus.hpp"
#include "evidence/kernels/crash_report.hpp"
#include "evidence/kernels/explain.hpp"
#include "evidence/table.hpp"

namespace sca::cli {
namespace {

namespace ek = evidence::kernels;
namespace ej = evidence::judge;

/// A line has blanks, and a file's name is taken to have none.
std::vector<ek::Trial> trials(const std::string& line_or_file) {
  if (line_or_file.find(' ') != std::string::npos) return {ek::parse_trial(line_or_file)};
  auto found = ek::parse_trials(evidence::read_file(line_or_file), line_or_file);
  if (found.empty()) throw evidence::InputError(line_or_file, "lines", "KERNEL PROPERTY CASE", "none");
  return found;
}

/// The trial for every kernel and property that it names.
std::vector<ek::Trial> single(const ek::Trial& trial, const ek::Subjects& subjects) {
  std::vector<ek::Trial> all;
  for (const auto& subject : subjects) {
    if (!ek::fits(trial.kernel, subject->name())) continue;
    if (subject->kind() != ek::kind_of(trial.one)) continue;
    for (const ek::Property* property : ek::properties_that_fit(trial.property, trial.one))
      all.push_back({std::string(subject->name()), std::string(property->name), trial.one});
  }
  if (all.empty()) {
    std::vector<std::string> names;
    for (const auto& subject : subjects) names.emplace_back(subject->name());
    selection({trial.kernel}, names);  // says what is near
  }
  return all;
}

/// Every kernel that there is, and those of the plugins that the trials name as LIB:NAME.
ek::SubjectFactory kernels_for(const std::vector<ek::Trial>& trials) {
  std::set<std::string> libraries;
  for (const ek::Trial& trial : trials) {
    if (const std::size_t colon = trial.kernel.rfind(':'); colon != std::string::npos)
      libraries.insert(trial.kernel.substr(0, colon));
  }
  std::vector<ek::SubjectFactory> factories{kernels_and_mutants(), cuda_kernels("fiber"), cuda_kernels("ptx"),
                                            cuda_kernels("device")};
  for (const std::string& library : libraries) factories.push_back(plugin_kernels(library));
  return [factories](ek::Oracle& oracle) {
    ek::Subjects all;
    for (const ek::SubjectFactory& make : factories) std::ranges::move(make(oracle), std::back_inserter(all));
    return all;
  };
}

}  // namespace

int replay(const std::vector<std::string>& arguments) {
  CLI::App app("Show a trial again, as check and fuzz print them, and explain it.", "sca replay");
  std::string line_or_file;
  bool json = false;
  app.add_option("LINE", line_or_file, "'KERNEL PROPERTY CASE' as one argument, or a file of such lines")
      ->required();
  app.add_flag("--json", json, "JSON lines");
  app.footer("KERNEL and PROPERTY may hold *: all that fit. Exit code: 1 if any fails.");
  if (const auto code = parse(app, arguments)) return *code;
  const std::vector<ek::Trial> named = trials(line_or_file);
  ek::Bench bench(kernels_for(named));
  std::vector<ek::Trial> wanted;
  for (const ek::Trial& trial : named) {
    for (ek::Trial& one : single(trial, bench.subjects())) wanted.push_back(std::move(one));
  }
  print(evidence::provenance("replay", arguments), json);
  ek::report_crashes();
  int code = good;
  for (const ek::Trial& one : wanted) {
    const ek::Property& property = *ek::properties_that_fit(one.property, one.one).front();
    const ek::Outcome outcome = bench.check(one.kernel, property, one.one);
    const sca_dtype dtype = bench.subject(one.kernel).dtype();
    if (json) {
      std::cout << to_json(one, dtype, outcome).dump() << "\n";
    } else {
      std::cout << to_text(one, dtype, outcome, evidence::stdout_takes_colour()) << "\n";
    }
    if (outcome.verdict == ej::Verdict::fail) code = failed;
  }
  return code;
}

}  // namespace sca::cli
