#include "evidence/kernels/shrink.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

#include "evidence/operators/generator.hpp"

namespace sca::evidence::kernels {
namespace {

/// least, then ever closer to n from below: halves, three quarters, …, n - 1.
std::vector<std::size_t> below(std::size_t n, std::size_t least) {
  std::vector<std::size_t> result;
  for (std::size_t step = n > least ? n - least : 0; step > 0; step /= 2) result.push_back(n - step);
  return result;
}

/// The case with another number of heads: query heads as many as still divide them, anchors as many as there
/// are.
CoreCase with_heads(CoreCase one, std::size_t K) {
  one.config.Kq = std::gcd(one.config.Kq, K);
  one.config.anchors = std::min(one.config.anchors, K);
  one.config.K = K;
  return one;
}

void add_sizes(const CoreCase& one, std::vector<CoreCase>& simpler) {
  const auto add = [&](auto member, std::size_t least) {
    for (const std::size_t n : below(std::invoke(member, one), least)) {
      simpler.push_back(one);
      std::invoke(member, simpler.back()) = n;
    }
  };
  add(
      [](auto& c) -> auto& { return c.B; }, 1);
  add(
      [](auto& c) -> auto& { return c.L; }, 0);
  for (const std::size_t K : below(one.config.K, 1)) simpler.push_back(with_heads(one, K));
  add(
      [](auto& c) -> auto& { return c.config.H; }, 1);
  add(
      [](auto& c) -> auto& { return c.config.M; }, 1);
  add(
      [](auto& c) -> auto& { return c.config.anchors; }, 0);
}

/// Everything that is one step simpler, the boldest steps of each kind first.
std::vector<CoreCase> simpler_than(const CoreCase& one) {
  std::vector<CoreCase> simpler;
  add_sizes(one, simpler);
  if (one.config.Kq < one.config.K) {
    simpler.push_back(one);
    simpler.back().config.Kq = one.config.K;
  }
  if (one.config.maxlen) {
    simpler.push_back(one);
    simpler.back().config.maxlen.reset();
    for (const std::size_t n : below(*one.config.maxlen, 1)) {
      simpler.push_back(one);
      simpler.back().config.maxlen = n;
    }
  }
  if (one.regime != "uniform") {
    simpler.push_back(one);
    simpler.back().regime = "uniform";
  }
  return simpler;
}

std::vector<Case> simpler_cases(const Case& one) {
  return std::visit(
      [](const auto& of_its_kind) {
        const auto simpler = simpler_than(of_its_kind);
        return std::vector<Case>(simpler.begin(), simpler.end());
      },
      one);
}

}  // namespace

Case shrunk(const Case& failing, const std::function<bool(const Case&)>& fails,
            std::chrono::steady_clock::time_point deadline) {
  Case best = failing;
  for (bool progress = true; progress;) {
    progress = false;
    for (const Case& candidate : simpler_cases(best)) {
      if (std::chrono::steady_clock::now() >= deadline) return best;
      if (!fails(candidate)) continue;
      best = candidate;
      progress = true;
      break;
    }
  }
  return best;
}

}  // namespace sca::evidence::kernels
