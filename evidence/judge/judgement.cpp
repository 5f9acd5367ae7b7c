#include "evidence/judge/judgement.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>

namespace sca::evidence::judge {
namespace {

using reference::Ball;
using reference::Bounded;
using reference::Lower;
using reference::Upper;

/// One entry's error and bound.
struct Entry {
  Upper error;
  Upper bound;

  double clearance() const {
    if (error.is_zero()) return 0;
    return (error / Lower(bound.bound())).bound();
  }
};

Entry compare(const Expected& expected, std::size_t i, double got, const Precision* storage) {
  const Bounded& computed = expected.exact.data[i];
  const Bounded exact = storage == nullptr ? computed : computed.stored_as(storage->format);
  const Upper bound = exact.error() + exact.value().radius;
  if (expected.in_double == nullptr) return {middle_distance(Ball::exact(got), exact.value()), bound};
  const double ours = expected.in_double->data[i];
  return {Upper(std::abs(got - ours)), bound + expected.of_double->data[i].error()};
}

/// A result of zero would pass though the exact value is another.
bool hides_zero(const Bounded& exact, Upper bound) {
  return exact.value().mignitude().bound() > 0 && !(bound.bound() < exact.value().mignitude().bound());
}

/// Bounds of one layer's results are usually below these: of float64 over the root mean square, of a rounding
/// to a narrower format over the largest entry. Nothing is judged by them; a looser bound is explained.
constexpr double usual_bound = 1e-9;
double usual_rounding(const Precision& storage) { return 3.5 * storage.format.u(); }

/// Why a bound is large for its tensor's size.
std::string explanation(const Bounded& loosest) {
  if (!loosest.error().is_finite())
    return "no bound: an operand's error may reach a pole or the largest number";
  const double cancellation = loosest.cancellation().bound();
  if (cancellation > 100)
    return fmt::format("loose: the exact value is 1/{:.3g} of the terms that it is the sum of", cancellation);
  return "loose: worst-case roundings of all stages before it add up";
}

double nearest(const Bounded& exact) { return static_cast<double>(exact.value().middle); }

}  // namespace

Judgement judge(const Expected& expected, const std::vector<double>& got, const Precision& arithmetic,
                const Precision* storage) {
  Judgement result;
  result.precision = arithmetic.name;
  if (storage != nullptr) result.precision += ">" + std::string(storage->name);
  result.entries = got.size();
  double squares = 0;
  double largest = 0;
  std::size_t loosest = 0;
  bool known = true;    // every bound is finite
  bool shows = false;   // some entry would show that zeros are wrong
  bool is_zero = true;  // the exact tensor; bounds of zeros are not blind: what is not zero may fail them
  for (std::size_t i = 0; i < got.size(); ++i) {
    const Entry entry = compare(expected, i, got[i], storage);
    const Bounded& exact = expected.exact.data[i];
    const double size = std::abs(nearest(exact));
    squares += size * size;
    largest = std::max(largest, size);
    if (entry.bound.bound() > result.bound || i == 0) loosest = i;
    result.bound = std::max(result.bound, entry.bound.bound());
    is_zero = is_zero && exact.value().mignitude().is_zero();
    const bool hides = hides_zero(exact, entry.bound);
    result.blind += hides ? 1 : 0;
    shows = shows || (exact.value().mignitude().bound() > 0 && !hides);
    if (!entry.bound.is_finite()) {
      known = false;
      continue;
    }
    if (i == 0 || entry.clearance() > result.clearance) {
      result.clearance = entry.clearance();
      result.worst = i;
      result.expected = nearest(exact);
      result.got = got[i];
    }
  }
  const double scale = storage == nullptr ? std::sqrt(squares / static_cast<double>(got.size())) : largest;
  result.relative_bound = result.bound == 0 ? 0 : result.bound / scale;
  if (is_zero && result.bound > 0) {
    result.relative_bound = std::numeric_limits<double>::infinity();
    result.note = "exactly zero: the terms cancel";
  } else if (arithmetic.name == "f64" &&
             result.relative_bound > (storage == nullptr ? usual_bound : usual_rounding(*storage))) {
    result.note = explanation(expected.exact.data[loosest]);
  }
  const bool says_something = known && (shows || is_zero) && 2 * result.blind <= result.entries;
  result.verdict = result.clearance > 1 ? Verdict::fail : says_something ? Verdict::pass : Verdict::vacuous;
  if (got.empty()) result.verdict = Verdict::skipped;
  return result;
}

}  // namespace sca::evidence::judge
