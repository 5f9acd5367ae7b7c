// Elementwise phases against inner products: what a state of channels cannot bind.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/capacity/memory.hpp"
#include "experiments/capacity/study.hpp"
#include "experiments/random.hpp"

namespace sca::experiments::capacity {
namespace {

constexpr Design design{16, 2, 2};
constexpr std::size_t most_draws = 8;
constexpr std::size_t queries = 256;  // states of every draw and number of pairs, one query each

struct Arm {
  const char* series;
  Binding binding;
};

constexpr Arm arms[] = {{"elementwise, unmixed", Binding::unmixed},
                        {"elementwise, mixed", Binding::mixed},
                        {"inner product, unmixed", Binding::inner_product}};

/// The state is a function of the keys and of the values, not of who belongs to whom; all pairings of n
/// distinct values are equally likely, so that no readout whatever names the queried one more often than 1/n.
MeanLaw blind_law(std::size_t pairs) {
  const double share = 1 / static_cast<double>(pairs);
  return {.of = MeanLaw::Of::values,
          .mean = share,
          .deviation = std::sqrt(share * (1 - share) / static_cast<double>(queries)),
          .at_most = true};
}

Words words_of(const Arm& arm) {
  Words words{"pairs in the state",
              fmt::format("top-1 among {} values, 2KHM = {}", memory_values, design.size()), "heuristic",
              "the largest of normal scores, one sqrt(rank/n) above the others", "companion.md, section 8"};
  if (arm.binding == Binding::unmixed) {
    words.sense = "bound";
    words.theory =
        "at most 1/n, whatever the readout: each channel's marginal does not say who belongs to whom";
  }
  return words;
}

Series recall_series(const Arm& arm, const SeriesKey& key, const Settings& settings) {
  Series series{.key = key, .words = words_of(arm), .sizes = {}, .remark = {}};
  std::vector<Memory> memories;
  double rank = 0;
  for (std::size_t i = 0; i < std::min(settings.instances, most_draws); ++i) {
    memories.emplace_back(design, arm.binding, derived(settings.seed, i));
    rank += static_cast<double>(memories.back().rank());
  }
  rank /= static_cast<double>(memories.size());
  for (const std::size_t pairs : {2U, 3U, 4U, 6U, 8U, 12U, 16U, 24U, 32U, 48U, 64U}) {
    Size size;
    size.x = static_cast<double>(pairs);
    std::vector<double> shares;
    for (std::size_t i = 0; i < memories.size(); ++i) {
      std::size_t right = 0;
      for (std::size_t q = 0; q < queries; ++q) {
        if (memories[i].recalls(distinct_pairs(pairs, derived(settings.seed, i, pairs, q)), 0)) ++right;
      }
      shares.push_back(static_cast<double>(right) / static_cast<double>(queries));
      size.samples.push_back({.value = Enclosure(shares.back())});
    }
    if (arm.binding == Binding::unmixed) {
      size.law = blind_law(pairs);
    } else {
      size.interval = mean_interval({shares}, settings.seed);
      size.prediction = top1_of_normals(std::sqrt(rank / size.x));
    }
    series.sizes.push_back(std::move(size));
  }
  series.remark = fmt::format("measured rank {:.1f}", rank);
  return series;
}

}  // namespace

std::vector<Unit> phases_units(const Settings& settings) {
  std::vector<Unit> units;
  for (const Arm& arm : arms) {
    const SeriesKey key{"recall/phases", arm.series};
    units.push_back({key, [=, &arm] { return recall_series(arm, key, settings); }});
  }
  return units;
}

}  // namespace sca::experiments::capacity
