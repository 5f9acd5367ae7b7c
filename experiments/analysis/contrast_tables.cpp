#include <fmt/format.h>

#include <algorithm>

#include "experiments/analysis/prediction.hpp"
#include "experiments/analysis/tables.hpp"
#include "experiments/analysis/words.hpp"

namespace sca::experiments::ablation {
namespace {

using evidence::Table;

std::string with_divergence(const Comparison& one) {
  std::string text = count_text(one);
  if (const std::size_t diverged = one.a.diverged + one.b.diverged; diverged > 0)
    text += fmt::format(", {} diverged", diverged);
  if (one.unpaired > 0) text += fmt::format(", {} unpaired", one.unpaired);
  return text;
}

void add_rows(const ContrastResult& result, Table& table) {
  for (std::size_t i = 0; i < result.comparisons.size(); ++i) {
    const Comparison& one = result.comparisons[i];
    table.add({result.contrast.name, one.task, value_text(one.metric, one.a.mean),
               value_text(one.metric, one.b.mean), difference_text(one.metric, one.effect.estimate),
               range_text(one.metric, one.effect), with_divergence(one), test_text(one.test),
               p_text(result.adjusted[i]), p_text(one.same.p), solved_text(one, one.a),
               solved_text(one, one.b), half_text(one.a), half_text(one.b),
               verdict(one, result.adjusted[i])});
  }
  if (result.aggregate)
    table.add({result.contrast.name, "all, IQM", "", "", fmt::format("{:+.3f}", result.aggregate->estimate),
               fmt::format("[{:+.3f}, {:+.3f}]", result.aggregate->low, result.aggregate->high), "", "", "",
               "", "", "", "", "", ""});
  for (const std::string& task : result.not_tested)
    table.add({result.contrast.name, task, "", "", "", "", "0", "", "", "", "", "", "", "", "not tested"});
}

Table contrasts_table(const Analysis& analysis, bool is_primary) {
  constexpr auto right = Table::Align::right;
  Table table({{"a against b"},
               {"task"},
               {"a", right},
               {"b", right},
               {"effect a − b", right},
               {"95 % interval"},
               {"n", right},
               {"p, sign flips"},
               {is_primary ? "p, Holm" : "p, alone", right},
               {"p, TOST", right},
               {"solved, a"},
               {"solved, b"},
               {"steps to half, a", right},
               {"b", right},
               {"shows"}});
  for (const ContrastResult& result : analysis.results) {
    if (result.contrast.is_primary == is_primary) add_rows(result, table);
  }
  return table;
}

const char* state_word(PredictionPart::State state) {
  switch (state) {
    case PredictionPart::State::holds: return "holds";
    case PredictionPart::State::fails: return "fails";
    case PredictionPart::State::open: return "open";
    case PredictionPart::State::untested: return "not tested";
  }
  return "";
}

/// Tested, and nothing decided.
bool is_all_open(const PredictionResult& result) {
  const auto is_decided = [](const PredictionPart& part) {
    return part.state == PredictionPart::State::holds || part.state == PredictionPart::State::fails;
  };
  return result.outcome() == "mixed" && std::ranges::none_of(result.parts, is_decided);
}

}  // namespace

Table primaries_table(const Analysis& analysis) { return contrasts_table(analysis, true); }

Table secondaries_table(const Analysis& analysis) { return contrasts_table(analysis, false); }

Table predictions_table(const Analysis& analysis) {
  Table table({{"prediction"}, {"outcome"}, {"statement"}, {"parts"}, {"decided by"}});
  for (const PredictionResult& result : predictions(analysis)) {
    std::string parts;
    for (const auto state : {PredictionPart::State::holds, PredictionPart::State::fails,
                             PredictionPart::State::open, PredictionPart::State::untested}) {
      const auto count = std::ranges::count(result.parts, state, &PredictionPart::state);
      if (count > 0) parts += fmt::format("{}{}: {}", parts.empty() ? "" : ", ", state_word(state), count);
    }
    table.add({result.prediction.id,
               "**" + result.outcome() + "**" + (is_all_open(result) ? ", all open" : ""),
               result.prediction.statement, parts.empty() ? "none" : parts, result.rule});
  }
  return table;
}

Table parts_table(const Analysis& analysis) {
  Table table({{"prediction"}, {"part"}, {"state"}, {"evidence"}});
  for (const PredictionResult& result : predictions(analysis)) {
    for (const PredictionPart& part : result.parts) {
      if (part.state != PredictionPart::State::untested)
        table.add({result.prediction.id, part.claim, state_word(part.state), part.evidence});
    }
  }
  return table;
}

}  // namespace sca::experiments::ablation
