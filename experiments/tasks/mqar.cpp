// Multi-query associative recall: pairs k1 v1 k2 v2 ... of different keys and different values, then every
// key once more, at which its value is to be predicted. Queries stand at even offsets from the pairs' end;
// the offsets are drawn without replacement by a power law, the first key first. All else is filler, drawn
// from the whole vocabulary as in Zoology: a filler may look like a key, and it is not asked for.
//
// source   Arora et al. 2023, Zoology; github.com/HazyResearch/zoology, zoology/data/multiquery_ar.py
// chance   one of the V/2 values; among those in the sequence, one of N

#include "experiments/tasks/families.hpp"
#include "experiments/tasks/recall.hpp"
#include "experiments/tasks/sampling.hpp"

namespace sca::experiments::ablation {
namespace {

class Mqar : public GeneratedTask {
 public:
  Mqar(const Options& options, std::int64_t N, std::int64_t V, std::int64_t T)
      : GeneratedTask(options), N_(N), T_(T), tokens_{V} {}

  std::int64_t vocab() const override { return tokens_.V; }
  std::int64_t length() const override { return T_; }
  double chance() const override { return 1 / static_cast<double>(tokens_.value_count()); }
  double in_context_chance() const override { return 1 / static_cast<double>(N_); }
  std::string word(std::int64_t id) const override { return tokens_.word(id); }

 protected:
  Sequence sequence(evidence::Draws& draws, std::int64_t tokens, Part) const override {
    const std::vector<std::int64_t> keys = tokens_.keys(draws, N_);
    const std::vector<std::int64_t> values = tokens_.values(draws, N_);
    const std::vector<std::int64_t> slots = power_law_slots(draws, N_, (tokens - 2 * N_) / 2);
    Sequence result = fillers(draws, tokens, 0, tokens_.V - 1);
    for (std::size_t i = 0; i < keys.size(); ++i) {
      result.ids[2 * i] = keys[i];
      result.ids[2 * i + 1] = values[i];
      const auto query = static_cast<std::size_t>(2 * N_ + 2 * slots[i]);
      result.ids[query] = keys[i];
      result.labels[query] = values[i];
    }
    return result;
  }

 private:
  std::int64_t N_, T_;
  KeysAndValues tokens_;
};

}  // namespace

std::unique_ptr<const Task> mqar_task(Options& options) {
  const std::int64_t N = options.whole("N", 8, 1, 4096);
  const std::int64_t V = options.whole("V", 64, 4, 65536);
  if (N > KeysAndValues{V}.key_count()) options.refuse("N", "at most V/2 - 1 keys");
  const std::int64_t T = options.whole("T", 4 * N, 4 * N, 65536);
  if (T % 2 != 0) options.refuse("T", "an even number");
  return std::make_unique<Mqar>(options, N, V, T);
}

}  // namespace sca::experiments::ablation
