#include "evidence/kernels/generator.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <set>
#include <span>

#include "evidence/cases/regimes.hpp"
#include "evidence/draws.hpp"
#include "evidence/operators/generator.hpp"
#include "evidence/operators/regimes.hpp"

namespace sca::evidence::kernels {
namespace {

constexpr std::array dialects{"released", "paper", "recursive", "mixed", "switched"};

// Of a search: a few hundredths of a second of the reference's, and ten times as much now and then. Of the
// fixed cases, which every arithmetic of every kernel is put to: all of them in a minute.
constexpr std::size_t most_terms = 3200;
constexpr std::size_t most_terms_seldom = 32000;
constexpr std::size_t most_terms_fixed = 2000;

/// Sizes from `low` to `high`, all alike; and how often they come, relative to others.
struct Sizes {
  std::size_t low, high;
  unsigned weight;
};

constexpr std::array sequences{Sizes{0, 0, 1}, Sizes{1, 1, 24}, Sizes{2, 2, 18}, Sizes{3, 6, 7}};
constexpr std::array lengths{Sizes{0, 0, 1},   Sizes{1, 1, 4},    Sizes{2, 3, 6},     Sizes{4, 14, 8},
                             Sizes{15, 17, 8}, Sizes{18, 30, 5},  Sizes{31, 33, 6},   Sizes{34, 62, 3},
                             Sizes{63, 65, 5}, Sizes{66, 126, 1}, Sizes{127, 129, 2}, Sizes{255, 257, 1}};
constexpr std::array heads{Sizes{1, 1, 3}, Sizes{2, 4, 9}, Sizes{5, 9, 3}, Sizes{16, 17, 1}};
constexpr std::array channels{Sizes{1, 1, 5},   Sizes{2, 2, 2},   Sizes{3, 5, 6},
                              Sizes{6, 6, 1},   Sizes{7, 9, 6},   Sizes{10, 14, 1},
                              Sizes{15, 17, 5}, Sizes{31, 33, 2}, Sizes{63, 65, 1}};
constexpr std::array samples{Sizes{1, 1, 8}, Sizes{2, 2, 8},   Sizes{3, 3, 5},
                             Sizes{4, 9, 3}, Sizes{16, 33, 1}, Sizes{64, 64, 1}};

std::size_t drawn(Draws& draws, std::span<const Sizes> sizes) {
  const unsigned total = std::accumulate(sizes.begin(), sizes.end(), 0U,
                                         [](unsigned sum, const Sizes& s) { return sum + s.weight; });
  std::size_t left = draws.within(0, total - 1);
  for (const Sizes& one : sizes) {
    if (left < one.weight) return draws.within(one.low, one.high);
    left -= one.weight;
  }
  return sizes.back().high;
}

std::string drawn_regime(Draws& draws) {
  const unsigned total = std::accumulate(regimes().begin(), regimes().end(), 0U,
                                         [](unsigned sum, const Regime& r) { return sum + r.weight; });
  std::size_t left = draws.within(0, total - 1);
  for (const Regime& one : regimes()) {
    if (left < one.weight) return std::string(one.name);
    left -= one.weight;
  }
  return "uniform";
}

/// One of the numbers that divide K.
std::size_t drawn_divisor(Draws& draws, std::size_t K) {
  std::vector<std::size_t> all;
  for (std::size_t n = 1; n <= K; ++n) {
    if (K % n == 0) all.push_back(n);
  }
  return all[draws.within(0, all.size() - 1)];
}

/// Draws sizes anew until the case is small enough, one at a time, so that no two of them are always small
/// together.
void limit(CoreCase& one, Draws& draws, std::size_t most) {
  while (volume(one) > most) {
    switch (draws.within(0, 4)) {
      case 0: one.B = std::min(one.B, drawn(draws, sequences)); break;
      case 1: one.L = std::min(one.L, drawn(draws, lengths)); break;
      case 2: one.config.K = std::min(one.config.K, drawn(draws, heads)); break;
      case 3: one.config.H = std::min(one.config.H, drawn(draws, channels)); break;
      default: one.config.M = std::min(one.config.M, drawn(draws, samples));
    }
  }
}

/// None, room for more, just enough, or (where the paper is not to the letter) less than the sequence has.
std::optional<std::size_t> drawn_maxlen(Draws& draws, const CoreCase& one) {
  const std::size_t kind = draws.within(0, 9);
  const std::size_t L = std::max<std::size_t>(one.L, 1);
  if (kind < 4) return std::nullopt;
  if (kind < 7) return draws.within(L, L + 40);
  if (kind == 7) return std::max<std::size_t>(L, 2048);
  return draws.within(1, L);
}

CoreCase drawn_case(Draws& draws, std::string regime, std::string dialect, std::size_t most) {
  CoreCase one;
  one.regime = std::move(regime);
  one.dialect = std::move(dialect);
  one.B = drawn(draws, sequences);
  one.L = drawn(draws, lengths);
  one.config = {.D = 1,
                .K = drawn(draws, heads),
                .Kq = 1,
                .M = drawn(draws, samples),
                .H = drawn(draws, channels),
                .ck = 1,
                .anchors = 0,
                .E = 1};
  limit(one, draws, most);
  one.config.Kq = drawn_divisor(draws, one.config.K);
  one.config.anchors = draws.one_in(2) ? 0 : draws.within(1, one.config.K);
  one.config.maxlen = drawn_maxlen(draws, one);
  one.seed = draws.bits() >> 32U;
  return one;
}

CoreCase random_core_case(Draws& draws) {
  std::string regime = drawn_regime(draws);
  std::string dialect = dialects[draws.within(0, dialects.size() - 1)];
  const std::size_t most = draws.one_in(24) ? most_terms_seldom : most_terms;
  return drawn_case(draws, std::move(regime), std::move(dialect), most);
}

/// Regimes are of activations, and a network is given none.
operators::OperatorCase random_operator_case(const operators::Definition& operation, Draws& draws) {
  if (operation.name == network_kind) return operators::drawn_case(operation, "uniform", draws);
  const std::size_t regime = draws.within(0, operators::regimes().size() - 1);
  return operators::drawn_case(operation, std::string(operators::regimes()[regime].name), draws);
}

}  // namespace

std::vector<std::string> kinds_of(const Subjects& subjects, const Selection& selection) {
  std::set<std::string, std::less<>> known;
  std::vector<std::string> kinds;
  for (const auto& subject : subjects) {
    if (!selection.takes_any_of(subject->name())) continue;
    const std::string kind(subject->kind());
    if (known.insert(kind).second) kinds.push_back(kind);
  }
  return kinds;
}

Case random_case(std::span<const std::string> kinds, std::uint64_t seed, std::uint64_t i) {
  Draws draws(seed, i);
  const std::string& kind = kinds[i % kinds.size()];
  if (kind == core_kind) return random_core_case(draws);
  return random_operator_case(*operators::definition(kind), draws);
}

std::vector<Case> systematic_cases(std::uint64_t seed, std::size_t core_rounds, std::size_t operator_rounds) {
  std::vector<Case> cases;
  for (std::size_t round = 0; round < core_rounds; ++round) {
    for (const Regime& regime : regimes()) {
      for (const char* dialect : dialects) {
        Draws draws(seed, cases.size());
        cases.emplace_back(drawn_case(draws, std::string(regime.name), dialect, most_terms_fixed));
      }
    }
  }
  for (const operators::Definition& operation : operators::definitions()) {
    for (std::size_t round = 0; round < operator_rounds; ++round) {
      for (const operators::Regime& regime : operators::regimes()) {
        Draws draws(seed, cases.size());
        cases.emplace_back(operators::drawn_case(operation, std::string(regime.name), draws));
      }
    }
  }
  return cases;
}

}  // namespace sca::evidence::kernels
