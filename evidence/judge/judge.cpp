#include "evidence/judge/judge.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "evidence/judge/diagnosis.hpp"
#include "evidence/judge/recompute.hpp"
#include "evidence/judge/results.hpp"

namespace sca::evidence::judge {
namespace {

/// Everything that is recomputed for one arithmetic.
struct Recomputed {
  Tensors<reference::Bounded> exact;
  Tensors<double> in_double;
  Tensors<reference::Bounded> of_double;
  std::size_t kinks = 0;

  Expected expected(const std::string& name, bool against_double) const {
    if (!against_double) return {exact.at(name)};
    return {exact.at(name), &in_double.at(name), &of_double.at(name)};
  }
};

Recomputed recompute_for(const Dump& results, const Precision& arithmetic, const Settings& settings,
                         Stages stages) {
  Recomputed all;
  {
    const reference::FloatingPointScope scope(arithmetic.format);
    all.exact = recompute<reference::Bounded>(results, settings.dialect, stages);
    all.kinks = reference::FloatingPointScope::open_comparisons();
  }
  if (!settings.against_double) return all;
  const reference::FloatingPointScope scope(reference::binary64);  // glibc: 1 ulp
  all.in_double = recompute<double>(results, settings.dialect, stages);
  all.of_double = recompute<reference::Bounded>(results, settings.dialect, stages);
  return all;
}

/// Multiplications by matrices, which are nearly all the work, at the rate at which a layer of the released
/// size was judged.
double expected_seconds(const Dump& dump, const std::vector<Result>& results) {
  constexpr double seconds_each = 3.2e-7;
  const auto has = [&](std::string_view prefix) {
    return std::ranges::any_of(results,
                               [&](const Result& result) { return result.base.starts_with(prefix); });
  };
  double parameters = 0;
  for (const auto& [name, array] : dump.tensors) {
    if (name.starts_with("p.")) parameters += static_cast<double>(array.values.size());
  }
  const double passes = 1 + (has("g") ? 2 : 0) + (has("st") ? 1 : 0);
  return seconds_each * passes * parameters * static_cast<double>(dump.B) * static_cast<double>(dump.L);
}

Judgement judge_result(const Result& result, const Recomputed& recomputed, const Settings& settings) {
  const auto found = recomputed.exact.find(result.base);
  Judgement judgement;
  if (found == recomputed.exact.end()) {
    judgement.note = "the reference has no result of this name";
  } else {
    const std::size_t wanted = found->second.data.size();
    if (result.values.size() != wanted) {
      throw InputError(result.file, result.name, fmt::format("{} entries", wanted),
                       fmt::format("shape ({})", fmt::join(result.shape, ", ")));
    }
    judgement = judge(recomputed.expected(result.base, settings.against_double), result.values,
                      *result.arithmetic, result.storage);
    judgement.index = index_of(judgement.worst, result.shape);
  }
  judgement.tensor = result.name;
  return judgement;
}

/// The results of one arithmetic: from the file's inputs, and where that says nothing, from its own stages.
void judge_results(const Dump& dump, const std::vector<Result>& results, const Precision& arithmetic,
                   const Settings& settings, Report& report) {
  const auto is_of = [&](const Result& result) { return result.arithmetic == &arithmetic; };
  if (std::ranges::none_of(results, is_of)) return;
  const Dump restricted = restricted_to(dump, results, arithmetic);
  const bool by_blocks = dump.kind == Kind::model && restricted.has("i.hidden");
  const Recomputed whole =
      recompute_for(restricted, arithmetic, settings, by_blocks ? Stages::stored : Stages::chained);
  report.kinks[std::string(arithmetic.name)] = whole.kinks;
  std::optional<Recomputed> by_stages;
  for (const Result& result : results) {
    if (!is_of(result)) continue;
    Judgement judgement = judge_result(result, whole, settings);
    if (judgement.verdict == Verdict::vacuous && has_intermediates(restricted)) {
      if (!by_stages) by_stages = recompute_for(restricted, arithmetic, settings, Stages::stored);
      if (by_stages->exact.contains(result.base)) {
        judgement = judge_result(result, *by_stages, settings);
        judgement.note = "from the file's own intermediates";
      }
    }
    if (judgement.verdict == Verdict::vacuous && dump.kind == Kind::model) {
      judgement.note = fmt::format("worst cases compound over {} blocks; i.hidden would have each judged",
                                   dump.model.num_layers);
    }
    report.judgements.push_back(std::move(judgement));
  }
}

/// Those that results were computed in, the known ones first.
std::vector<const Precision*> arithmetics(const std::vector<Result>& results) {
  std::vector<const Precision*> all;
  for (const Precision& one : precisions) all.push_back(&one);
  for (const Result& result : results) {
    if (std::ranges::count(all, result.arithmetic) == 0) all.push_back(result.arithmetic);
  }
  return all;
}

}  // namespace

bool Report::any(Verdict verdict) const {
  return std::ranges::any_of(judgements, [=](const Judgement& one) { return one.verdict == verdict; });
}

Report judge_dump(const Dump& dump, const Settings& settings) {
  const reference::DigitsScope digits(settings.digits);
  Report report{dump.file, {}, oddities(dump, settings.dialect), std::nullopt, {}};
  const std::vector<Result> results = results_of(dump, settings.arithmetic);
  if (const double seconds = expected_seconds(dump, results); seconds > settings.budget_seconds) {
    throw InputError(
        dump.file, "cfg",
        fmt::format("sizes whose reference takes at most {:.0f} s (--budget)", settings.budget_seconds),
        fmt::format("about {:.0f} s", seconds));
  }
  for (const Precision* arithmetic : arithmetics(results))
    judge_results(dump, results, *arithmetic, settings, report);
  if (report.any(Verdict::fail)) report.diagnosis = diagnose(dump, results, report.judgements, settings);
  return report;
}

}  // namespace sca::evidence::judge
