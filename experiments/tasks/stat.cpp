// Statistics of a prefix: a first token says which one, then come ids 0 ... V - 1, independent draws from a
// distribution of this sequence's own, itself uniform on the simplex (Dirichlet with all parameters 1). At
// every one of them the statistic of the ids so far is to be predicted: their mode (the smallest of several),
// or their mean rounded to the nearest whole number (halves up), each in half of the sequences.
//
// source   the protocol's table
// chance   1/V. Means crowd around V/2, so that a constant answer is right more often than that

#include <algorithm>
#include <cmath>

#include "experiments/tasks/families.hpp"
#include "experiments/tasks/generated.hpp"
#include "experiments/tasks/sampling.hpp"

namespace sca::experiments::ablation {
namespace {

class PrefixStatistic : public GeneratedTask {
 public:
  PrefixStatistic(const Options& options, std::int64_t V, std::int64_t T)
      : GeneratedTask(options), V_(V), T_(T) {}

  std::int64_t vocab() const override { return V_ + 2; }
  std::int64_t length() const override { return T_; }
  double chance() const override { return 1 / static_cast<double>(V_); }
  std::vector<std::string> groups() const override { return {"mode", "mean"}; }
  std::string word(std::int64_t id) const override {
    return id < V_ ? std::to_string(id) : id == V_ ? "mode:" : "mean:";
  }

 protected:
  Sequence sequence(evidence::Draws& draws, std::int64_t tokens, Part) const override {
    const bool asks_mean = draws.one_in(2);
    const std::vector<double> cumulated = distribution(draws);
    std::vector<std::int64_t> counts(static_cast<std::size_t>(V_));
    std::int64_t sum = 0;
    Sequence result;
    result.ids.push_back(asks_mean ? V_ + 1 : V_);
    result.labels.push_back(not_asked);
    for (std::int64_t n = 1; n < tokens; ++n) {
      const double at = unit_draw(draws) * cumulated.back();
      const std::int64_t id = std::ranges::lower_bound(cumulated, at) - cumulated.begin();
      ++counts[static_cast<std::size_t>(id)];
      sum += id;
      result.ids.push_back(id);
      result.labels.push_back(asks_mean ? (2 * sum + n) / (2 * n)
                                        : std::ranges::max_element(counts) - counts.begin());
    }
    result.groups.assign(result.ids.size(), asks_mean ? 1 : 0);
    return result;
  }

 private:
  // Cumulated weights, not normalised: exponential variables are a Dirichlet's up to their sum.
  std::vector<double> distribution(evidence::Draws& draws) const {
    std::vector<double> cumulated;
    double sum = 0;
    for (std::int64_t i = 0; i < V_; ++i) cumulated.push_back(sum -= std::log(unit_draw(draws)));
    return cumulated;
  }

  std::int64_t V_, T_;
};

}  // namespace

std::unique_ptr<const Task> stat_task(Options& options) {
  const std::int64_t V = options.whole("V", 16, 2, 4096);
  const std::int64_t T = options.whole("T", 64, 2, 65536);
  return std::make_unique<PrefixStatistic>(options, V, T);
}

}  // namespace sca::experiments::ablation
