// How many key-value pairs a random layer's state recalls half of the time, and which of the sizes that have
// been proposed for it that number follows.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/capacity/memory.hpp"
#include "experiments/capacity/study.hpp"
#include "experiments/random.hpp"

namespace sca::experiments::capacity {
namespace {

constexpr std::size_t most_random_states = 5;
constexpr std::size_t states = 128;  // of every draw and number of pairs
constexpr double step = 1.25;        // of the number of pairs

/// K M, K H, 2KHM and the rank each vary where others do not.
constexpr Design designs[] = {{16, 1, 2}, {16, 2, 2}, {4, 8, 2},  {16, 4, 2},
                              {16, 2, 4}, {16, 2, 8}, {16, 8, 2}, {8, 16, 1}};

double accuracy(const Memory& memory, std::size_t pairs, std::uint64_t seed) {
  std::size_t right = 0;
  for (std::size_t i = 0; i < states; ++i) {
    if (memory.recalls(independent_pairs(pairs, derived(seed, pairs, i)), 0)) ++right;
  }
  return static_cast<double>(right) / static_cast<double>(states);
}

/// Where the accuracy falls through 1/2, between the two sizes on either side in proportion; domain: above
/// 1/2 for one pair.
double pairs_at_half(const Memory& memory, std::uint64_t seed) {
  double before = 1;
  double accuracy_before = accuracy(memory, 1, seed);
  for (double n = step; n < memory_keys; n *= step) {
    const auto pairs = std::round(n);
    if (pairs <= before) continue;
    const double here = accuracy(memory, static_cast<std::size_t>(pairs), seed);
    if (here < 0.5) return std::lerp(before, pairs, (accuracy_before - 0.5) / (accuracy_before - here));
    before = pairs;
    accuracy_before = here;
  }
  return memory_keys;
}

/// What a design's draws gave.
struct Outcome {
  Design design;
  std::vector<double> rank, pairs;  // [draws]
};

Outcome measured(const Design& design, const Settings& settings) {
  Outcome outcome{design, {}, {}};
  for (std::size_t i = 0; i < std::min(settings.instances, most_random_states); ++i) {
    const std::uint64_t seed = derived(settings.seed, design.size(), design.K * design.M, i);
    const Memory memory(design, Binding::mixed, seed);
    outcome.rank.push_back(static_cast<double>(memory.rank()));
    outcome.pairs.push_back(pairs_at_half(memory, derived(seed, 4)));
  }
  return outcome;
}

/// A number that recall has been said to grow with.
struct Candidate {
  const char* name;
  double (*value)(const Outcome& outcome, std::size_t draw);
};

double count(std::size_t n) { return static_cast<double>(n); }

constexpr Candidate candidates[] = {
    {"rank", [](const Outcome& o, std::size_t i) { return o.rank[i]; }},
    {"2KHM", [](const Outcome& o, std::size_t) { return count(o.design.size()); }},
    {"KH", [](const Outcome& o, std::size_t) { return count(o.design.channels()); }},
    {"KM", [](const Outcome& o, std::size_t) { return count(o.design.K * o.design.M); }}};

/// The largest pairs/candidate over the smallest, over designs, each the mean of the chosen draws; 1 where
/// they are proportional.
double spread(const Candidate& candidate, const std::vector<Outcome>& outcomes, std::uint64_t resample) {
  std::vector<double> ratios;
  for (std::size_t d = 0; d < outcomes.size(); ++d) {
    const std::size_t draws = outcomes[d].pairs.size();
    double sum = 0;
    for (std::size_t i = 0; i < draws; ++i) {
      const std::size_t draw = resample == 0 ? i : below(draws, derived(resample, d), i);
      sum += outcomes[d].pairs[draw] / candidate.value(outcomes[d], draw);
    }
    ratios.push_back(sum / count(draws));
  }
  const auto [least, largest] = std::ranges::minmax(ratios);
  return largest / least;
}

MeanInterval spread_interval(const Candidate& candidate, const std::vector<Outcome>& outcomes) {
  constexpr std::uint64_t resamples = 1000;
  std::vector<double> drawn;
  for (std::uint64_t b = 1; b <= resamples; ++b) drawn.push_back(spread(candidate, outcomes, b));
  return {spread(candidate, outcomes, 0), quantile(drawn, 0.025), quantile(drawn, 0.975)};
}

/// Which candidates the numbers are proportional to, as far as they tell.
std::string comparison(const std::vector<Outcome>& outcomes) {
  std::string text = "largest over smallest ratio to";
  for (const Candidate& candidate : candidates) {
    const MeanInterval interval = spread_interval(candidate, outcomes);
    text += fmt::format(" {}: {:.2f} [{:.2f}, {:.2f}],", candidate.name, interval.mean, interval.low,
                        interval.high);
  }
  text.pop_back();
  return text;
}

Series random_state(const SeriesKey& key, const Settings& settings) {
  Series series{.key = key,
                .words = {"measured rank of the state",
                          fmt::format("pairs at 50 % top-1 among {} values", memory_values), "heuristic",
                          "rank/d^2, where a normal score d above the others is the largest half of the time",
                          "companion.md, section 8"},
                .sizes = {},
                .remark = {}};
  std::vector<Outcome> outcomes;
  for (const Design& design : designs) outcomes.push_back(measured(design, settings));
  for (const Outcome& outcome : outcomes) {
    Size size;
    size.design = outcome.design;
    for (std::size_t i = 0; i < outcome.rank.size(); ++i) {
      size.x += outcome.rank[i] / count(outcome.rank.size());
      size.samples.push_back({.value = Enclosure(outcome.pairs[i])});
    }
    size.interval = mean_interval({outcome.pairs}, settings.seed);
    size.prediction = size.x / (separation_at_half() * separation_at_half());
    series.sizes.push_back(std::move(size));
  }
  series.remark = comparison(outcomes);
  return series;
}

}  // namespace

std::vector<Unit> random_state_units(const Settings& settings) {
  const SeriesKey key{"recall/random-state", "designs"};
  return {{key, [=] { return random_state(key, settings); }}};
}

}  // namespace sca::experiments::capacity
