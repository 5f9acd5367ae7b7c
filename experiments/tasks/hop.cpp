// Multi-hop recall: chains k1 -> k2 -> ... -> kp -> v of different keys, every link a pair of tokens, the
// pairs of all chains shuffled. A query is a token that says "p hops" and a chain's first key, at which the
// chain's value is to be predicted; each chain is asked for once. Queries stand at even offsets from the
// pairs' end, drawn as in mqar; fillers are values, so that none is a link. p = 1 is one-hop recall.
//
// source   the protocol's table; queries as in Zoology
// chance   one of the V/2 values; among those in the sequence, one of as many as there are chains

#include "experiments/tasks/families.hpp"
#include "experiments/tasks/recall.hpp"
#include "experiments/tasks/sampling.hpp"

namespace sca::experiments::ablation {
namespace {

class Hop : public GeneratedTask {
 public:
  Hop(const Options& options, std::int64_t p, std::int64_t chains, std::int64_t V, std::int64_t T)
      : GeneratedTask(options), p_(p), chains_(chains), T_(T), tokens_{V} {}

  std::int64_t vocab() const override { return tokens_.V + 1; }
  std::int64_t length() const override { return T_; }
  double chance() const override { return 1 / static_cast<double>(tokens_.value_count()); }
  double in_context_chance() const override { return 1 / static_cast<double>(chains_); }
  std::string word(std::int64_t id) const override {
    return id == tokens_.V ? std::to_string(p_) + "-hop" : tokens_.word(id);
  }

 protected:
  Sequence sequence(evidence::Draws& draws, std::int64_t tokens, Part) const override {
    const std::int64_t pairs = p_ * chains_;
    const std::vector<std::int64_t> keys = tokens_.keys(draws, pairs);  // chain after chain
    const std::vector<std::int64_t> values = tokens_.values(draws, chains_);
    const std::vector<std::int64_t> order = distinct_ids(draws, pairs, 0, pairs - 1);
    const std::vector<std::int64_t> slots = power_law_slots(draws, chains_, (tokens - 2 * pairs) / 2);
    Sequence result = fillers(draws, tokens, tokens_.first_value(), tokens_.V - 1);
    for (std::size_t i = 0; i < order.size(); ++i) {
      const auto link = static_cast<std::size_t>(order[i]);
      const bool is_last = (order[i] + 1) % p_ == 0;
      result.ids[2 * i] = keys[link];
      result.ids[2 * i + 1] = is_last ? values[static_cast<std::size_t>(order[i] / p_)] : keys[link + 1];
    }
    for (std::size_t chain = 0; chain < values.size(); ++chain) {
      const auto query = static_cast<std::size_t>(2 * pairs + 2 * slots[chain]);
      result.ids[query] = tokens_.V;
      result.ids[query + 1] = keys[chain * static_cast<std::size_t>(p_)];
      result.labels[query + 1] = values[chain];
    }
    return result;
  }

 private:
  std::int64_t p_, chains_, T_;
  KeysAndValues tokens_;
};

}  // namespace

std::unique_ptr<const Task> hop_task(Options& options) {
  const std::int64_t p = options.whole("p", 2, 1, 64);
  const std::int64_t chains = options.whole("chains", 4, 1, 1024);
  const std::int64_t V = options.whole("V", 64, 4, 65536);
  if (p * chains > KeysAndValues{V}.key_count())
    options.refuse("chains", "p times chains at most V/2 - 1 keys");
  const std::int64_t least = 2 * p * chains + 2 * chains;
  const std::int64_t T = options.whole("T", 6 * p * chains, least, 65536);
  if (T % 2 != 0) options.refuse("T", "an even number");
  return std::make_unique<Hop>(options, p, chains, V, T);
}

}  // namespace sca::experiments::ablation
