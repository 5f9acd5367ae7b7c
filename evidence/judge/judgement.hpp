#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/judge/precision.hpp"
#include "reference/bounded.hpp"
#include "reference/tensor.hpp"

namespace sca::evidence::judge {

/// The verdicts of kernels and tensors. `vacuous`: the bounds are such that zeros would pass, or would in
/// most entries; it is never a pass.
enum class Verdict { pass, fail, vacuous, skipped };

constexpr std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass: return "pass";
    case Verdict::fail: return "fail";
    case Verdict::vacuous: return "vacuous";
    case Verdict::skipped: return "skipped";
  }
  return "skipped";
}

/// What was found of one tensor.
struct Judgement {
  std::string tensor;
  Verdict verdict = Verdict::skipped;
  std::string precision;  // arithmetic, and storage where it is narrower: "f64>f32"
  std::size_t entries = 0;
  std::size_t blind = 0;           // of them those that a zero would pass for though they are not zero
  double clearance = 0;            // the largest error / bound; infinite where a result is no number
  std::size_t worst = 0;           // the entry it is of, row-major
  std::vector<std::size_t> index;  // the same in the tensor's own shape, for the caller to fill
  double expected = 0;             // the exact value, rounded
  double got = 0;
  double bound = 0;           // the largest of the tensor's bounds
  double relative_bound = 0;  // it over the exact tensor's root mean square, or largest entry if rounded
  std::string note;

  /// Of the entries those that are not blind; 1 where there are none.
  double informative_share() const {
    return entries == 0 ? 1 : static_cast<double>(entries - blind) / static_cast<double>(entries);
  }
};

/// What results are compared with.
struct Expected {
  const reference::Tensor<reference::Bounded>& exact;
  /// The reference's own evaluation in float64, and its bound, which is then added; null: `exact` itself.
  const reference::Tensor<double>* in_double = nullptr;
  const reference::Tensor<reference::Bounded>* of_double = nullptr;
};

/// Judges stored results, entry by entry.
///
/// shape    got: as many as expected
/// domain   `storage` is what the results were rounded to after they were computed; null: nothing
/// error    nothing is chosen: an entry passes iff |got - expected| is at most its own bound. NaN never does.
Judgement judge(const Expected& expected, const std::vector<double>& got, const Precision& arithmetic,
                const Precision* storage);

}  // namespace sca::evidence::judge
