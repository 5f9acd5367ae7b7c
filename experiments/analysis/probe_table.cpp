#include "experiments/analysis/probe_table.hpp"

#include <fmt/format.h>

#include <map>

#include "experiments/analysis/architecture.hpp"
#include "experiments/analysis/markdown_rows.hpp"

namespace sca::experiments::ablation {
namespace {

using evidence::Table;
using Json = nlohmann::ordered_json;

/// What stands at a path of fields; null where there is nothing.
Json at_path(const Json& record, std::initializer_list<const char*> path) {
  const Json* here = &record;
  for (const char* field : path) {
    if (!here->is_object() || !here->contains(field)) return nullptr;
    here = &(*here)[field];
  }
  return *here;
}

std::string number_text(const Json& value, const char* format) {
  return value.is_number() ? fmt::format(fmt::runtime(format), value.get<double>()) : "-";
}

std::string word_text(const Json& value) { return value.is_string() ? value.get<std::string>() : "-"; }

/// [estimate, low, high]
std::string triple_text(const Json& triple) {
  if (!triple.is_array() || triple.size() != 3) return "-";
  const auto one = [&](std::size_t i) { return number_text(triple[i], "{:.3f}"); };
  return fmt::format("{} [{}, {}]", one(0), one(1), one(2));
}

bool is_set(const Json& record, const char* field) { return record.value(field, Json()) == true; }

const char* control(const Json& record) {
  if (is_set(record, "is_shuffled")) return "trained, shuffled tokens";
  return is_set(record, "is_trained") ? "trained" : "untrained";
}

/// Task and architecture of the run with the record's id; the id where there is none.
std::string model_name(const Analysis& analysis, const Json& record) {
  std::string id = record.value("model", "");
  for (const RunRecord& run : analysis.runs) {
    if (run.id == id)
      return fmt::format("{}, {}, seed {}", run.task, architecture_name(run.spec, analysis.questions.base),
                         run.seed);
  }
  return id;
}

std::string theorem_text(const Json& record) {
  const Json prefixes = record.value("theorem", Json());
  if (!prefixes.is_array() || prefixes.empty()) return "-";
  const Json& longest = prefixes.back();
  return fmt::format("{} (chance {})", triple_text(at_path(longest, {"top1"})),
                     number_text(at_path(longest, {"chance"}), "{:.3f}"));
}

std::string rank_text(const Json& record) {
  const Json tolerances = at_path(record, {"retrievability", "at"});
  const Json least =
      tolerances.is_array() && !tolerances.empty() ? at_path(tolerances.back(), {"rank"}) : Json();
  return fmt::format("{} of {}", number_text(least, "{:g}"),
                     number_text(at_path(record, {"retrievability", "2KHM"}), "{:g}"));
}

/// Layers of one kind, and how many fulfil the verdict's conditions.
struct Count {
  std::size_t layers = 0, found = 0, causal = 0, retain = 0;

  void add(const Json& record) {
    ++layers;
    found += is_set(record, "by_theorem") ? 1U : 0U;
    causal += is_set(record, "is_causal") ? 1U : 0U;
    retain += is_set(record, "retains_retrieval") ? 1U : 0U;
  }
};

}  // namespace

Table probe_table(const Analysis& analysis) {
  constexpr auto right = Table::Align::right;
  Table table({{"model"},
               {"state"},
               {"layer", right},
               {"identity, error/bound"},
               {"rank at 2⁻⁸"},
               {"theorem's query, top-1"},
               {"carrier's excess share"},
               {"causal share"},
               {"in reach"},
               {"retains retrieval"}});
  for (const Json& record : analysis.probes)
    table.add({model_name(analysis, record), control(record), number_text(at_path(record, {"layer"}), "{:g}"),
               fmt::format("{} {}", word_text(at_path(record, {"identity", "verdict"})),
                           number_text(at_path(record, {"identity", "clearance"}), "{:.3g}")),
               rank_text(record), theorem_text(record),
               triple_text(at_path(record, {"attribution", "excess"})),
               triple_text(at_path(record, {"edit", "share"})),
               triple_text(at_path(record, {"edit", "reach", "share"})),
               is_set(record, "retains_retrieval") ? "**yes**" : "no"});
  return table;
}

std::string probe_verdicts(const Analysis& analysis) {
  std::map<std::string, Count> counts;
  for (const Json& record : analysis.probes) counts[control(record)].add(record);
  std::string text;
  for (const auto& [name, count] : counts)
    text += fmt::format(
        "- {}: of {} layers the query finds enough in {}, the share is above 0 in {}; {} retain retrieval.\n",
        name, count.layers, count.found, count.causal, count.retain);
  return text;
}

std::string probe_section(const Analysis& analysis) {
  constexpr std::string_view title = "\n## The retrieval probe\n\n";
  if (analysis.probes.empty()) return fmt::format("{}Not run: the records hold none.\n", title);
  return fmt::format(
      "{}A layer retains retrieval iff the theorem's own query finds more than 5 times as many tokens as "
      "chance, at its interval's lower end, and the share of the answer that goes through the carrying "
      "token's place in the state is above 0, at its own. Only trained layers on tokens as they are have an "
      "answer to take away. In reach: with the places behind the token that the convolution lets see it. "
      "Intervals are over sequences.\n\n{}\n{}",
      title, probe_verdicts(analysis), as_markdown(probe_table(analysis)));
}

}  // namespace sca::experiments::ablation
