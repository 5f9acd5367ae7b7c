#include "cli/check_elementary.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iostream>

#include "cli/usage.hpp"
#include "evidence/judge/judgement.hpp"
#include "evidence/kernels/elementary.hpp"
#include "evidence/progress.hpp"
#include "evidence/table.hpp"

namespace sca::cli {
namespace {

namespace ek = evidence::kernels;
using evidence::judge::Verdict;
using sca::kernels::simd::elementary_functions;
using sca::kernels::simd::ElementaryFunctions;

// Of each range of doubles, when every float is tried: as long as all the floats take, about. Else fewer.
constexpr std::size_t most_doubles = 1U << 20U;
constexpr std::size_t fewest_doubles = 1U << 14U;

struct Row {
  std::string kernel;  // PRECISION/TARGET
  bool is_exhaustive;
  ek::ElementaryError error;

  /// A NaN would make it fail.
  Verdict verdict() const { return error.clearance() <= 1 ? Verdict::pass : Verdict::fail; }
};

template <class Real>
std::string kernel_name(std::string_view target) {
  return fmt::format("{}/{}", std::is_same_v<Real, float> ? "f32" : "f64", target);
}

std::vector<std::string> names() {
  std::vector<std::string> all;
  for (const auto& one : elementary_functions<double>()) all.push_back(kernel_name<double>(one.target));
  for (const auto& one : elementary_functions<float>()) all.push_back(kernel_name<float>(one.target));
  return all;
}

template <class Real>
void measure(const ek::Selection& selection, std::size_t extent, unsigned jobs, std::vector<Row>& rows) {
  std::vector<ElementaryFunctions<Real>> wanted;
  for (const auto& one : elementary_functions<Real>())
    if (selection.takes(kernel_name<Real>(one.target))) wanted.push_back(one);
  if (wanted.empty()) return;
  evidence::ProgressLine line;
  const auto errors = ek::measure(wanted, extent, jobs, [&](std::size_t done, std::size_t total) {
    line.show(done, total, std::is_same_v<Real, float> ? "pieces of the floats" : "pieces of the doubles");
  });
  for (const ek::ElementaryError& one : errors)
    rows.push_back({kernel_name<Real>(one.target), std::is_same_v<Real, float> && extent == 1, one});
}

std::string extent_of(const Row& row) { return row.is_exhaustive ? "every float" : "sampled"; }

void print_table(const std::vector<Row>& rows) {
  constexpr auto right = evidence::Table::Align::right;
  evidence::Table table({{"function"},
                         {"kernel"},
                         {"range"},
                         {"arguments", right},
                         {""},
                         {"error/u", right},
                         {"at"},
                         {"declared", right},
                         {"error/bound", right},
                         {"verdict"}});
  for (const Row& row : rows) {
    const ek::ElementaryError& one = row.error;
    table.add({std::string(one.function), row.kernel, fmt::format("{:.6g} … {:.6g}", one.first, one.last),
               std::to_string(one.arguments), extent_of(row), fmt::format("{:.4f}", one.worst.units),
               fmt::format("{:a}", one.worst.argument), fmt::format("{}", one.declared),
               fmt::format("{:.3g}", one.clearance()), std::string(to_string(row.verdict()))});
  }
  table.print(std::cout, evidence::stdout_takes_colour());
}

nlohmann::ordered_json to_json(const Row& row) {
  const ek::ElementaryError& one = row.error;
  return {{"function", one.function},
          {"kernel", row.kernel},
          {"first", fmt::format("{:.17g}", one.first)},
          {"last", fmt::format("{:.17g}", one.last)},
          {"arguments", one.arguments},
          {"extent", extent_of(row)},
          {"units", fmt::format("{:.17g}", one.worst.units)},
          {"argument", fmt::format("{:.17g}", one.worst.argument)},
          {"argument_hex", fmt::format("{:a}", one.worst.argument)},
          {"declared", fmt::format("{}", one.declared)},
          {"clearance", fmt::format("{:.3g}", one.clearance())},
          {"verdict", to_string(row.verdict())}};
}

}  // namespace

int check_elementary(const KernelOptions& options, std::size_t every,
                     const std::vector<std::string>& arguments) {
  if (!options.plugin.empty())
    throw UsageError("--elementary: expected kernels of sca's own, found --plugin");
  const std::vector<std::string> all = names();
  const ek::Selection selected = selection(options.patterns, all);
  if (std::ranges::none_of(all, [&](const std::string& name) { return selected.takes(name); }))
    throw UsageError(fmt::format("--elementary: expected some of {}", fmt::join(all, ", ")));
  print(evidence::provenance("check", arguments), options.json);
  std::vector<Row> rows;
  measure<double>(selected, std::max(most_doubles / every, fewest_doubles), options.jobs, rows);
  measure<float>(selected, every, options.jobs, rows);
  if (options.json) {
    for (const Row& row : rows) std::cout << to_json(row).dump() << "\n";
  } else {
    print_table(rows);
  }
  return std::ranges::all_of(rows, [](const Row& row) { return row.verdict() == Verdict::pass; }) ? good
                                                                                                  : failed;
}

}  // namespace sca::cli
