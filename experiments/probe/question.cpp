#include "experiments/probe/question.hpp"

#include <algorithm>

#include "experiments/random.hpp"

namespace sca::experiments::ablation {
namespace {

std::size_t as_place(std::int64_t t) { return static_cast<std::size_t>(t); }

/// How many tokens before `a` agree with those up to `b`.
std::int64_t agreement(std::span<const std::int64_t> ids, std::int64_t a, std::int64_t b) {
  std::int64_t n = 0;
  while (n < a && ids[as_place(a - 1 - n)] == ids[as_place(b - n)]) ++n;
  return n;
}

/// With the two other tokens drawn.
std::optional<Question> question_at(std::span<const std::int64_t> ids, std::int64_t t, std::int64_t label,
                                    std::uint64_t seed) {
  const auto carrier = carrier_of(ids, t, label);
  if (!carrier) return std::nullopt;
  std::vector<std::int64_t> others;
  for (std::int64_t tau = 0; tau < t; ++tau) {
    if (ids[as_place(tau)] != label) others.push_back(tau);
  }
  if (others.size() < 2) return std::nullopt;
  const std::uint64_t first = below(others.size(), seed, 0);
  std::swap(others[first], others.back());
  const std::uint64_t second = below(others.size() - 1, seed, 1);
  return Question{t, label, *carrier, others.back(), others[second]};
}

}  // namespace

std::optional<std::int64_t> carrier_of(std::span<const std::int64_t> ids, std::int64_t t,
                                       std::int64_t label) {
  std::optional<std::int64_t> best;
  std::int64_t longest = 1;
  for (std::int64_t j = 1; j < t; ++j) {
    if (ids[as_place(j)] != label) continue;
    const std::int64_t n = agreement(ids, j, t);
    if (n < longest) continue;
    longest = n;
    best = j;
  }
  return best;
}

std::vector<Question> questions_of(std::span<const std::int64_t> ids, std::span<const std::int64_t> labels,
                                   std::size_t most, std::uint64_t seed) {
  std::vector<Question> all;
  for (std::size_t t = 0; t < labels.size(); ++t) {
    if (labels[t] < 0) continue;
    const auto one = question_at(ids, static_cast<std::int64_t>(t), labels[t], derived(seed, 1, t));
    if (one) all.push_back(*one);
  }
  while (all.size() > most)
    all.erase(all.begin() + static_cast<std::ptrdiff_t>(below(all.size(), seed, all.size())));
  return all;
}

}  // namespace sca::experiments::ablation
