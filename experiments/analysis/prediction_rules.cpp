#include "experiments/analysis/prediction_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "experiments/analysis/architecture.hpp"
#include "experiments/analysis/capacity.hpp"
#include "experiments/analysis/words.hpp"

namespace sca::experiments::ablation {
namespace {

using Json = nlohmann::ordered_json;

/// Compares two architectures of the plan's base, and keeps the comparison while parts are made of it.
struct Question {
  const Analysis& analysis;
  const Json& base;
  std::string task;

  std::optional<Comparison> operator()(const Json& a, const Json& b) const {
    const auto key = [&](const Json& fields) { return architecture_key(architecture(base, fields)); };
    return compared(analysis.runs, task, key(a), key(b));
  }
};

const Comparison* pointer(const std::optional<Comparison>& comparison) {
  return comparison ? &*comparison : nullptr;
}

std::string in_task(const std::string& task, const std::string& ratio, const std::string& what) {
  return fmt::format("{}, {}: {}", task, ratio, what);
}

std::string shown_ratio(const Json& ratio) { return ratio == "inf" ? "all SCA" : ratio.dump() + ":1"; }

/// M = 1 >= 2 > 4 > 8 at one state, and M = 4 better with the larger theta.
void add_order(const Question& ask, const Json& ratio, std::vector<PredictionPart>& parts) {
  const auto fields = [&](int M, double theta_max) {
    return Json{{"ratio", ratio}, {"M", M}, {"theta_max", theta_max}};
  };
  const std::string where = shown_ratio(ratio);
  parts.push_back(
      no_worse(in_task(ask.task, where, "M = 1 ≥ M = 2"), pointer(ask(fields(1, 3), fields(2, 3)))));
  parts.push_back(
      better(in_task(ask.task, where, "M = 2 > M = 4"), pointer(ask(fields(2, 3), fields(4, 3)))));
  parts.push_back(
      better(in_task(ask.task, where, "M = 4 > M = 8"), pointer(ask(fields(4, 3), fields(8, 3)))));
  parts.push_back(better(in_task(ask.task, where, "M = 4 better with θ_max = 12 than with 3"),
                         pointer(ask(fields(4, 12), fields(4, 3)))));
}

bool is_of_size(const ModelSpec& spec, const Json& base) {
  return spec.D == base["D"] && spec.blocks == base["blocks"];
}

std::vector<PredictionPart> capacity_follows_rank(const Analysis& analysis, const Json& base) {
  std::vector<PredictionPart> parts;
  for (const CapacityCurve& curve : capacity_curves(analysis)) {
    if (!curve.n50 || !is_of_size(curve.spec, base)) continue;
    const double share = *curve.n50 / curve.state();
    parts.push_back(
        {fmt::format("{}: N50 within 0.11–0.16 of 2KHM", architecture_name(curve.spec, base)),
         share >= 0.11 && share <= 0.16 ? PredictionPart::State::holds : PredictionPart::State::fails,
         fmt::format("N50 = {:.1f}, 2KHM = {:g}: {:.3f}; K·M = {}", *curve.n50, curve.state(), share,
                     curve.spec.K * curve.spec.M)});
  }
  return parts;
}

std::vector<PredictionPart> few_points_suffice(const Analysis& analysis, const Json& base) {
  std::vector<PredictionPart> parts;
  for (const std::string& task : tasks_of(analysis, {"mqar", "cmqar"})) {
    for (const Json& ratio : {Json("inf"), Json(2)}) add_order({analysis, base, task}, ratio, parts);
  }
  return parts;
}

std::vector<PredictionPart> few_points_suffice_alone(const Analysis& analysis, const Json& base) {
  std::vector<PredictionPart> parts;
  add_order({analysis, base, "mqar:N=4"}, "inf", parts);
  return parts;
}

/// Accuracy at positions beyond the training length: the longest sequences' without the share of their first
/// positions, which read as the training length's sequences do.
struct Beyond {
  double within = 0, beyond = 0;
  double first = 0, last = 0;
  bool is_known = false;
};

Beyond beyond_training(const RunRecord& run) {
  Beyond result;
  for (const GroupValue& group : run.groups) {
    if (!group.name.starts_with("T=")) return {};
    double T = 0;
    std::from_chars(group.name.data() + 2, group.name.data() + group.name.size(), T);
    if (result.first == 0 || T < result.first) {
      result.first = T;
      result.within = group.value;
    }
    if (T > result.last) {
      result.last = T;
      result.beyond = group.value;
    }
  }
  result.is_known = result.last > result.first;
  result.beyond = (result.last * result.beyond - result.first * result.within) / (result.last - result.first);
  return result;
}

/// Without a name a group is Z2.
bool is_parity_or_alternating(const std::string& task) {
  const bool has_name = task.find("G=") != std::string::npos;
  return !has_name || task.ends_with("G=Z2") || task.ends_with("G=A5");
}

std::vector<PredictionPart> groups_do_not_extrapolate(const Analysis& analysis, const Json& base) {
  struct Sum {
    const RunRecord* run;
    double within = 0, beyond = 0, count = 0;
  };
  std::vector<PredictionPart> parts;
  for (const std::string& task : tasks_of(analysis, {"group"})) {
    if (!is_parity_or_alternating(task)) continue;
    std::map<std::string, Sum> cells;
    for (const RunRecord& run : analysis.runs) {
      const Beyond one = beyond_training(run);
      if (run.task != task || run.split != Split::report || !one.is_known || !is_of_size(run.spec, base))
        continue;
      Sum& sum = cells.emplace(run.model, Sum{&run}).first->second;
      sum.within += normalised(one.within, run.chance);
      sum.beyond += normalised(one.beyond, run.chance);
      ++sum.count;
    }
    for (const auto& [model, sum] : cells) {
      const double within = sum.within / sum.count;
      const double beyond = sum.beyond / sum.count;
      PredictionPart part{task + ", " + architecture_name(sum.run->spec, base) + ": at chance beyond",
                          PredictionPart::State::untested, ""};
      if (within >= 0.5) {
        part.state = beyond <= 0.05 ? PredictionPart::State::holds : PredictionPart::State::fails;
        part.evidence =
            fmt::format("from chance to 1: {:.2f} within, {:.2f} beyond the training length, n = {}", within,
                        beyond, sum.count);
      }
      parts.push_back(std::move(part));
    }
  }
  return parts;
}

std::vector<PredictionPart> one_attention_layer_is_enough(const Analysis& analysis, const Json& base) {
  std::vector<PredictionPart> parts;
  const auto at = [](const Json& ratio) { return Json{{"ratio", ratio}}; };
  for (const std::string& task : tasks_of(analysis, {"mqar"})) {
    const Question ask{analysis, base, task};
    for (const int ratio : {3, 5, 11})
      parts.push_back(
          better(fmt::format("{}: {}:1 above all SCA", task, ratio), pointer(ask(at(ratio), at("inf")))));
    for (const auto& [a, b] : {std::pair{1, 2}, std::pair{2, 3}, std::pair{3, 5}, std::pair{5, 11}})
      parts.push_back(same(fmt::format("{}: {}:1 as {}:1", task, a, b), pointer(ask(at(a), at(b)))));
  }
  for (const std::string& task : tasks_of(analysis, {"bytes"})) {
    const Question ask{analysis, base, task};
    for (const Json& ratio : {Json(1), Json(3), Json(5), Json(11), Json("inf")})
      parts.push_back(
          same(fmt::format("{}: {} as 2:1", task, shown_ratio(ratio)), pointer(ask(at(ratio), at(2)))));
  }
  return parts;
}

std::vector<PredictionPart> alone_on_statistics(const Analysis& analysis, const Json& base) {
  std::vector<PredictionPart> parts;
  for (const std::string& task : tasks_of(analysis, {"stat"}))
    parts.push_back(no_worse(task + ": all SCA no worse than all attention",
                             pointer(Question{analysis, base, task}({{"ratio", "inf"}}, {{"ratio", 0}}))));
  return parts;
}

}  // namespace

std::vector<std::string> tasks_of(const Analysis& analysis, const std::vector<std::string_view>& families) {
  std::vector<std::string> result;
  for (const std::string& task : analysis.questions.tasks) {
    const std::string_view family = std::string_view(task).substr(0, task.find(':'));
    if (std::ranges::find(families, family) != families.end()) result.push_back(task);
  }
  return result;
}

const std::vector<PredictionRule>& prediction_rules() {
  static const std::vector<PredictionRule> all{
      {"P1",
       "for every architecture without attention that was run on mqar at three values of N or more: the N "
       "of 50 % recall (from chance to 1) over 2KHM, the most that the rank can be, is within 0.11–0.16; "
       "not tested where no curve falls through 50 %",
       capacity_follows_rank},
      {"P2",
       "on mqar and cmqar, all SCA and at 2:1, one state size: M = 1 no worse than M = 2 (margin 1 pp), M = "
       "2 better than 4, 4 better than 8, M = 4 better with θ_max = 12 than with 3",
       few_points_suffice},
      {"P3", "as P2, on mqar with N = 4, all SCA", few_points_suffice_alone},
      {"P4",
       "on parity and A5, for every architecture that learned the training length (half of the way from "
       "chance to 1): accuracy at the positions beyond it is at most 0.05 of that way; one that did not "
       "learn it tests nothing",
       groups_do_not_extrapolate},
      {"P5",
       "on mqar, M = 2: 3:1, 5:1 and 11:1 are better than all SCA, and neighbouring hybrids (1:1, 2:1, 3:1, "
       "…) are equivalent within 1 pp; on bytes every other ratio with SCA is equivalent to 2:1 within 0.01 "
       "bits; all attention is left out, since it has no convolution here",
       one_attention_layer_is_enough},
      {"P6", "on stat: all SCA no worse than all attention (margin 1 pp)", alone_on_statistics}};
  return all;
}

}  // namespace sca::experiments::ablation
