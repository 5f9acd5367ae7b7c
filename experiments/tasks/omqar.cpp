// Recall with updates: N keys with a value each, of which N/2 (rounded down) are given a second value. All
// these pairs stand in random order, all their values differ, and the last value of a key is its value. Then
// every key is asked for once, as in mqar; fillers are values, so that none re-assigns a key. Labels are told
// apart by whether their key was updated.
//
// source   the protocol's table; queries as in Zoology
// chance   one of the V/2 values; among those in the sequence, one of N + N/2

#include "experiments/tasks/families.hpp"
#include "experiments/tasks/recall.hpp"
#include "experiments/tasks/sampling.hpp"

namespace sca::experiments::ablation {
namespace {

class Omqar : public GeneratedTask {
 public:
  Omqar(const Options& options, std::int64_t N, std::int64_t V, std::int64_t T)
      : GeneratedTask(options), N_(N), T_(T), tokens_{V} {}

  std::int64_t vocab() const override { return tokens_.V; }
  std::int64_t length() const override { return T_; }
  double chance() const override { return 1 / static_cast<double>(tokens_.value_count()); }
  double in_context_chance() const override {
    const std::int64_t pairs = N_ + N_ / 2;
    return 1 / static_cast<double>(pairs);
  }
  std::vector<std::string> groups() const override { return {"kept", "updated"}; }
  std::string word(std::int64_t id) const override { return tokens_.word(id); }

 protected:
  // Keys are drawn in random order: those with a second pair are the first N/2 of them.
  Sequence sequence(evidence::Draws& draws, std::int64_t tokens, Part) const override {
    const std::int64_t pairs = N_ + N_ / 2;
    const std::vector<std::int64_t> keys = tokens_.keys(draws, N_);
    const std::vector<std::int64_t> values = tokens_.values(draws, pairs);
    const std::vector<std::int64_t> order = distinct_ids(draws, pairs, 0, pairs - 1);
    const std::vector<std::int64_t> slots = power_law_slots(draws, N_, (tokens - 2 * pairs) / 2);
    Sequence result = fillers(draws, tokens, tokens_.first_value(), tokens_.V - 1);
    result.groups.assign(result.ids.size(), 0);
    std::vector<std::int64_t> last(keys.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
      const auto k = static_cast<std::size_t>(order[i] % N_);
      result.ids[2 * i] = keys[k];
      result.ids[2 * i + 1] = last[k] = values[i];
    }
    const std::vector<std::int64_t> asked = distinct_ids(draws, N_, 0, N_ - 1);
    for (std::size_t i = 0; i < asked.size(); ++i) {
      const auto k = static_cast<std::size_t>(asked[i]);
      const auto query = static_cast<std::size_t>(2 * pairs + 2 * slots[i]);
      result.ids[query] = keys[k];
      result.labels[query] = last[k];
      result.groups[query] = asked[i] < N_ / 2 ? 1 : 0;
    }
    return result;
  }

 private:
  std::int64_t N_, T_;
  KeysAndValues tokens_;
};

}  // namespace

std::unique_ptr<const Task> omqar_task(Options& options) {
  const std::int64_t N = options.whole("N", 8, 2, 4096);
  const std::int64_t V = options.whole("V", 64, 4, 65536);
  const std::int64_t pairs = N + N / 2;
  if (N > KeysAndValues{V}.key_count() || pairs > KeysAndValues{V}.value_count()) {
    options.refuse("N", "at most V/2 - 1 keys and V/2 values, 1.5 for a key");
  }
  const std::int64_t T = options.whole("T", 2 * pairs + 2 * N, 2 * pairs + 2 * N, 65536);
  if (T % 2 != 0) options.refuse("T", "an even number");
  return std::make_unique<Omqar>(options, N, V, T);
}

}  // namespace sca::experiments::ablation
