#include "evidence/kernels/result_judge.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "evidence/judge/results.hpp"

namespace sca::evidence::kernels {

using judge::Verdict;

void ResultJudge::real(std::string_view name, const Exact& expected, const Tensor& got) {
  add(name, judge::judge({expected}, got.data, arithmetic_, nullptr), got.shape);
}

void ResultJudge::stored(std::string_view name, const Exact& expected, const Tensor& got) {
  add(name, judge::judge({expected}, got.data, arithmetic_, is_narrow_ ? &storage_ : nullptr), got.shape);
  if (is_narrow_) require_infinities(name, expected, got);
}

void ResultJudge::fail(const std::string& what) {
  if (outcome_.verdict != Verdict::fail) outcome_.what = what;
  outcome_.verdict = Verdict::fail;
}

void ResultJudge::add(std::string_view name, judge::Judgement one, const reference::Shape& shape) {
  if (one.verdict == Verdict::skipped) return;  // without entries
  one.tensor = name;
  one.index = judge::index_of(one.worst, shape);
  outcome_.tensors += 1;
  outcome_.vacuous += one.verdict == Verdict::vacuous ? 1 : 0;
  outcome_.clearance = std::max(outcome_.clearance, one.clearance);
  if (one.verdict == Verdict::fail) {
    fail(fmt::format("{}[{}]: expected {:a} = {:.9g}, got {:a} = {:.9g}: {:.3g} times its bound", name,
                     fmt::join(one.index, ", "), one.expected, one.expected, one.got, one.got,
                     one.clearance));
  } else if (outcome_.verdict != Verdict::fail) {
    outcome_.verdict = outcome_.vacuous == outcome_.tensors ? Verdict::vacuous : Verdict::pass;
  }
  outcome_.judged.push_back(std::move(one));
}

/// Where a result surely overflows when it is stored: bounds say nothing there, rounding to nearest does.
void ResultJudge::require_infinities(std::string_view name, const Exact& expected, const Tensor& got) {
  const double beyond = storage_.format.largest * (1 + 2 * storage_.format.u());
  for (std::size_t i = 0; i < got.data.size(); ++i) {
    const reference::Bounded& exact = expected.data[i];
    if (!(exact.value().mignitude().bound() - exact.error().bound() > beyond)) continue;
    const auto value = static_cast<double>(exact.value().middle);
    const double infinity = std::copysign(std::numeric_limits<double>::infinity(), value);
    require(got.data[i] == infinity,
            fmt::format("{}[{}]: {:.9g} overflows: expected {}, got {:.9g}", name,
                        fmt::join(judge::index_of(i, got.shape), ", "), value, infinity, got.data[i]));
  }
}

}  // namespace sca::evidence::kernels
