#include "evidence/kernels/tally.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "evidence/kernels/generator.hpp"
#include "evidence/table.hpp"

namespace sca::evidence::kernels {
namespace {

using judge::Verdict;
using Json = nlohmann::ordered_json;

std::string text(double clearance) { return fmt::format("{:.3g}", clearance); }

}  // namespace

Verdict Count::verdict() const {
  if (failed > 0) return Verdict::fail;
  if (cases > vacuous + skipped) return Verdict::pass;
  return vacuous > 0 ? Verdict::vacuous : Verdict::skipped;
}

void Tally::add(const Case& one, const Result& result) {
  auto found = std::ranges::find_if(counts_, [&](const Count& count) {
    return count.property == result.property && count.kernel == result.kernel;
  });
  if (found == counts_.end()) {
    Count fresh;
    fresh.kernel = result.kernel;
    fresh.property = result.property;
    found = counts_.insert(std::ranges::upper_bound(counts_, result.property, {}, &Count::property),
                           std::move(fresh));
  }
  const Outcome& outcome = result.outcome;
  ++found->cases;
  found->failed += outcome.verdict == Verdict::fail;
  found->vacuous += outcome.verdict == Verdict::vacuous;
  found->skipped += outcome.verdict == Verdict::skipped;
  found->tensors += outcome.tensors;
  found->vacuous_tensors += outcome.vacuous;
  found->kinks += outcome.kinks;
  found->seconds += result.seconds;
  if (outcome.clearance > found->clearance) {
    found->clearance = outcome.clearance;
    found->worst = one;
  }
  if (outcome.verdict == Verdict::fail &&
      (!found->smallest || volume(one) < volume(found->smallest->trial.one))) {
    found->smallest = Failure{{found->kernel, std::string(result.property->name), one}, outcome};
  }
}

Verdict Tally::verdict() const {
  const auto any = [&](Verdict verdict) {
    return std::ranges::find(counts_, verdict, &Count::verdict) != counts_.end();
  };
  if (any(Verdict::fail)) return Verdict::fail;
  if (any(Verdict::vacuous)) return Verdict::vacuous;
  return any(Verdict::pass) ? Verdict::pass : Verdict::skipped;
}

std::string replay_command(const Trial& trial) { return fmt::format("sca replay '{}'", to_line(trial)); }

void print(std::ostream& out, const Tally& tally, bool colour) {
  constexpr auto right = Table::Align::right;
  Table table({{"kernel"},
               {"property"},
               {"cases", right},
               {"failed", right},
               {"skipped", right},
               {"vacuous", right},
               {"of tensors", right},
               {"kinks", right},
               {"error/bound", right},
               {"verdict"}});
  for (const Count& one : tally.counts()) {
    const bool has_bounds = one.tensors > 0;
    table.add({one.kernel, std::string(one.property->name), std::to_string(one.cases),
               std::to_string(one.failed), std::to_string(one.skipped),
               has_bounds ? std::to_string(one.vacuous) : "-",
               has_bounds ? fmt::format("{}/{}", one.vacuous_tensors, one.tensors) : "-",
               has_bounds ? std::to_string(one.kinks) : "-", has_bounds ? text(one.clearance) : "-",
               std::string(to_string(one.verdict()))});
  }
  table.print(out, colour);
}

std::string to_text(const Failure& failure) {
  return fmt::format("{} {}: {}\n  {}\n", failure.trial.kernel, failure.trial.property, failure.outcome.what,
                     replay_command(failure.trial));
}

Json to_json(const Count& one) {
  Json json{{"kernel", one.kernel},   {"property", one.property->name},
            {"cases", one.cases},     {"failed", one.failed},
            {"skipped", one.skipped}, {"vacuous", one.vacuous},
            {"tensors", one.tensors}, {"vacuous_tensors", one.vacuous_tensors},
            {"kinks", one.kinks},     {"clearance", text(one.clearance)}};
  if (one.clearance > 0) json["worst"] = to_line(one.worst);
  json["verdict"] = to_string(one.verdict());
  return json;
}

Json to_json(const Failure& failure) {
  return {{"failure", to_line(failure.trial)},      {"kernel", failure.trial.kernel},
          {"property", failure.trial.property},     {"case", to_line(failure.trial.one)},
          {"what", failure.outcome.what},           {"clearance", text(failure.outcome.clearance)},
          {"replay", replay_command(failure.trial)}};
}

}  // namespace sca::evidence::kernels
