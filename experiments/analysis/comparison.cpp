#include "experiments/analysis/comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "evidence/hash.hpp"
#include "evidence/input/error.hpp"
#include "experiments/analysis/bca.hpp"

namespace sca::experiments::ablation {
namespace {

/// Two runs on one seed.
struct RunPair {
  const RunRecord* a;
  const RunRecord* b;

  double difference() const { return a->score() - b->score(); }
};

using BySeed = std::map<std::uint64_t, const RunRecord*>;

BySeed by_seed(const std::vector<RunRecord>& runs, const std::string& task, const std::string& model) {
  BySeed result;
  for (const RunRecord& run : runs) {
    if (run.split == Split::report && run.task == task && run.model == model) result[run.seed] = &run;
  }
  return result;
}

void require_comparable(const RunRecord& a, const RunRecord& b) {
  if (a.steps != b.steps)
    throw evidence::InputError("record " + b.id, "steps", std::to_string(a.steps) + ", as its partner's",
                               std::to_string(b.steps));
  if (a.metric != b.metric || a.chance != b.chance)
    throw evidence::InputError("record " + b.id, "metric", "that of its partner " + a.id, "another");
}

Side side(const std::vector<RunPair>& pairs, const RunRecord* RunPair::*which) {
  Side result;
  for (const RunPair& pair : pairs) {
    const RunRecord& run = *(pair.*which);
    ++result.count;
    result.diverged += run.value ? 0U : 1U;
    result.mean += run.score() / static_cast<double>(pairs.size());
    if (run.metric != Metric::accuracy) continue;
    result.solved += is_solved(run.score(), run.chance) ? 1U : 0U;
    result.steps_to_half.push_back(steps_to_half(run.curve, run.chance));
  }
  return result;
}

/// A document's difference, averaged over pairs, and its length.
struct Document {
  double difference = 0;
  double count = 0;
};

/// In the order of the first run; none where the runs do not have the same documents, or only one.
std::vector<Document> documents(const std::vector<RunPair>& pairs) {
  const std::vector<GroupValue>& first = pairs.front().a->groups;
  std::vector<Document> result(first.size());
  const auto is_same = [&](const RunRecord* run) {
    return std::ranges::equal(run->groups, first, {}, &GroupValue::name, &GroupValue::name);
  };
  for (const RunPair& pair : pairs) {
    if (!is_same(pair.a) || !is_same(pair.b)) return {};
    for (std::size_t i = 0; i < first.size(); ++i) {
      result[i].difference +=
          (pair.a->groups[i].value - pair.b->groups[i].value) / static_cast<double>(pairs.size());
      result[i].count = first[i].count;
    }
  }
  return result.size() < 2 ? std::vector<Document>{} : result;
}

Interval over_documents(const std::vector<Document>& all, std::uint64_t seed) {
  return bca(
      all.size(),
      [&](std::span<const std::size_t> chosen) {
        double sum = 0;
        double count = 0;
        for (const std::size_t i : chosen) {
          sum += all[i].count * all[i].difference;
          count += all[i].count;
        }
        return sum / count;
      },
      seed);
}

/// The first one's estimate, within the ends of both.
Interval holding_both(const Interval& one, const Interval& other) {
  return {one.estimate, std::min(one.low, other.low), std::max(one.high, other.high)};
}

}  // namespace

std::optional<Comparison> compared(const std::vector<RunRecord>& runs, const std::string& task,
                                   const std::string& a, const std::string& b) {
  const BySeed of_a = by_seed(runs, task, a);
  const BySeed of_b = by_seed(runs, task, b);
  Comparison result;
  result.task = task;
  std::vector<RunPair> pairs;
  std::vector<double> differences;
  for (const auto& [seed, run] : of_a) {
    const auto partner = of_b.find(seed);
    if (partner == of_b.end()) continue;
    require_comparable(*run, *partner->second);
    pairs.push_back({run, partner->second});
    differences.push_back(pairs.back().difference());
    result.pairs.push_back({seed, run->score(), partner->second->score()});
  }
  if (pairs.empty()) return std::nullopt;
  if (pairs.size() > most_flips)
    throw evidence::InputError("records of " + task, "seed", fmt::format("{} at most", most_flips),
                               std::to_string(pairs.size()));
  result.unpaired = of_a.size() + of_b.size() - 2 * pairs.size();
  result.metric = pairs.front().a->metric;
  result.chance = pairs.front().a->chance;
  result.a = side(pairs, &RunPair::a);
  result.b = side(pairs, &RunPair::b);
  const std::uint64_t seed = evidence::hashed(task + a + b);
  const std::vector<Document> texts = result.is_accuracy() ? std::vector<Document>{} : documents(pairs);
  result.documents = texts.size();
  result.effect = bca_mean(differences, seed);
  if (!texts.empty()) result.effect = holding_both(over_documents(texts, seed), result.effect);
  result.test = sign_flip(differences);
  result.same = equivalence(differences, result.margin());
  return result;
}

}  // namespace sca::experiments::ablation
