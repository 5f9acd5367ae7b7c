#include "experiments/analysis/answer.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "experiments/analysis/groups.hpp"
#include "experiments/analysis/words.hpp"

namespace sca::experiments::ablation {
namespace {

/// "2:1 better by 12.3 pp" in the words of the contrast, whichever way is up.
std::string direction(const ContrastResult& result, const Comparison& one) {
  const std::string magnitude = difference_text(one.metric, std::abs(one.effect.estimate));
  const std::string without_sign = magnitude.starts_with('+') ? magnitude.substr(1) : magnitude;
  if (!magnitude.starts_with('+')) return fmt::format("the same to {}", without_sign);
  const bool is_a = (one.effect.estimate > 0) == one.is_accuracy();
  return fmt::format("{} better by {}", is_a ? result.a : result.b, without_sign);
}

std::string meaning(const Comparison& one, double adjusted) {
  const std::string word = verdict(one, adjusted);
  const std::string within = one.is_accuracy() ? "±1 pp" : "±0.01 bits";
  if (word == "vacuous") return "vacuous, neither has learned more than to guess";
  if (word == "equivalent")
    return fmt::format("no difference within {} (TOST p = {})", within, p_text(one.same.p));
  return word == "undecided" ? "undecided" : fmt::format("a difference (Holm p = {})", p_text(adjusted));
}

std::string task_line(const ContrastResult& result, std::size_t i) {
  const Comparison& one = result.comparisons[i];
  return fmt::format("  - `{}`: {} ({} {}, n = {}; p = {}): **{}**.\n", one.task, direction(result, one),
                     difference_text(one.metric, one.effect.estimate), range_text(one.metric, one.effect),
                     count_text(one), test_text(one.test), meaning(one, result.adjusted[i]));
}

/// Where the largest of several learning rates was the best, a larger one may be better.
std::string rates_text(const Analysis& analysis) {
  std::size_t chosen = 0;
  std::size_t at_end = 0;
  for (const RunGroup& group : run_groups(analysis)) {
    if (group.selection.size() < 2 || group.report.empty()) continue;
    ++chosen;
    at_end += group.report.front()->rate >= group.selection.back()->rate ? 1U : 0U;
  }
  if (at_end == 0) return "";
  return fmt::format(
      " The learning rate is the largest that was tried in {} of {} cases (a task and an architecture each): "
      "larger ones may be better.",
      at_end, chosen);
}

}  // namespace

std::string answer_text(const Analysis& analysis) {
  std::string text;
  for (const ContrastResult& result : analysis.results) {
    if (!result.contrast.is_primary) continue;
    text += fmt::format("- **{}** ({} against {})", result.contrast.name, result.a, result.b);
    text += result.comparisons.empty() ? ": **not tested**, no seed has both sides.\n" : "\n";
    for (std::size_t i = 0; i < result.comparisons.size(); ++i) text += task_line(result, i);
    if (result.aggregate)
      text +=
          fmt::format("  - over tasks with an accuracy, IQM from chance to 1: {:+.3f} [{:+.3f}, {:+.3f}].\n",
                      result.aggregate->estimate, result.aggregate->low, result.aggregate->high);
    if (!result.comparisons.empty() && !result.not_tested.empty())
      text += fmt::format("  - not tested: {}.\n", fmt::join(result.not_tested, ", "));
  }
  return text.empty() ? "The plan declares no primary contrast.\n" : text;
}

std::vector<evidence::PageAnswer> page_answers(const Analysis& analysis) {
  std::vector<evidence::PageAnswer> answers;
  for (const ContrastResult& result : analysis.results) {
    if (!result.contrast.is_primary) continue;
    for (std::size_t i = 0; i < result.comparisons.size(); ++i) {
      const Comparison& one = result.comparisons[i];
      answers.push_back(
          {verdict(one, result.adjusted[i]), fmt::format("{}, {}: {}, n = {}", result.contrast.name, one.task,
                                                         direction(result, one), count_text(one))});
    }
  }
  return answers;
}

std::string power_text(const Analysis& analysis) {
  std::size_t comparisons = 0;
  std::size_t pairs = 0;
  double least = 1;
  for (const ContrastResult& result : analysis.results) {
    if (!result.contrast.is_primary) continue;
    for (const Comparison& one : result.comparisons) {
      ++comparisons;
      pairs = std::max(pairs, one.pairs.size());
      least = std::min(least, one.test.least);
    }
  }
  if (comparisons == 0) return "There are no runs of both sides of any primary: nothing is decided.\n";
  const double corrected = std::min(1.0, least * static_cast<double>(comparisons));
  const bool can_reject = corrected < 0.05;
  return fmt::format(
      "Comparisons pair the runs of one seed, which saw the same data in the same order; n is {0} at most. "
      "The exact sign-flip test's least two-sided p is then {1}, and {2} after Holm over the {3} primary "
      "comparisons: {4} Intervals (BCa, 10,000 resamples) {5}; of bits per byte they hold both the one over "
      "seeds and the one over documents. Sides are called equal only by TOST, within ±1 pp or ±0.01 bits; "
      "what both sides only guess is vacuous, anything else undecided. A run that diverged counts as "
      "guessing.{6}\n",
      pairs, p_text(least), p_text(corrected), comparisons,
      can_reject ? "a difference can be shown." : "**no difference can be shown, however large it is.**",
      pairs < 10 ? "describe these runs; of so few their coverage is far below 95 %"
                 : "are nominally of 95 %",
      rates_text(analysis));
}

}  // namespace sca::experiments::ablation
