// Noisy recall: pairs of a key and its value in this sequence, drawn with replacement, among pairs of noise
// tokens (a share `noise` of them, at least one pair is none). Wherever a key has been seen before, its value
// is to be predicted; the last pair repeats a key. The last 16 ids are noise, the others half keys, half
// values. MAD predicts every next token while it trains; here only what is asked for is learned from, as in
// all tasks.
//
// source   Poli et al. 2024, Mechanistic design and scaling of hybrid architectures (MAD), multi-query;
//          github.com/athms/mad-lab, mad/data/instances.py
// chance   one of the (V - 16)/2 values

#include <algorithm>

#include "experiments/tasks/families.hpp"
#include "experiments/tasks/generated.hpp"
#include "experiments/tasks/sampling.hpp"

namespace sca::experiments::ablation {
namespace {

constexpr std::int64_t noise_ids = 16;

class NoisyRecall : public GeneratedTask {
 public:
  NoisyRecall(const Options& options, std::int64_t V, std::int64_t T, double noise)
      : GeneratedTask(options), V_(V), T_(T), noise_(noise) {}

  std::int64_t vocab() const override { return V_; }
  std::int64_t length() const override { return T_; }
  double chance() const override { return 1 / static_cast<double>(half()); }
  std::string word(std::int64_t id) const override {
    if (id >= 2 * half()) return "n" + std::to_string(id - 2 * half());
    return id < half() ? "k" + std::to_string(id) : "v" + std::to_string(id - half());
  }

 protected:
  Sequence sequence(evidence::Draws& draws, std::int64_t tokens, Part) const override {
    Sequence result;
    std::vector<std::int64_t> values(static_cast<std::size_t>(half()), not_asked);  // of the keys seen
    std::vector<std::int64_t> seen;
    const std::int64_t pairs = tokens / 2;
    const std::int64_t sure = id_draw(draws, 0, pairs - 2);
    for (std::int64_t i = 0; i < pairs; ++i) {
      const bool is_last = i + 1 == pairs;
      if (!is_last && i != sure && unit_draw(draws) < noise_) {
        for (int half_pair = 0; half_pair < 2; ++half_pair) add(result, id_draw(draws, 2 * half(), V_ - 1));
        continue;
      }
      const std::int64_t key =
          is_last ? seen[draws.within(0, seen.size() - 1)] : id_draw(draws, 0, half() - 1);
      std::int64_t& value = values[static_cast<std::size_t>(key)];
      add(result, key, value);
      if (value == not_asked) {
        value = id_draw(draws, half(), 2 * half() - 1);
        seen.push_back(key);
      }
      add(result, value);
    }
    return result;
  }

 private:
  std::int64_t half() const { return (V_ - noise_ids) / 2; }

  static void add(Sequence& sequence, std::int64_t id, std::int64_t label = not_asked) {
    sequence.ids.push_back(id);
    sequence.labels.push_back(label);
  }

  std::int64_t V_, T_;
  double noise_;
};

}  // namespace

std::unique_ptr<const Task> noisy_task(Options& options) {
  const std::int64_t V = options.whole("V", 48, noise_ids + 2, 65536);
  if (V % 2 != 0) options.refuse("V", "an even number");
  const std::int64_t T = options.whole("T", 64, 4, 65536);
  if (T % 2 != 0) options.refuse("T", "an even number");
  const double noise = options.share("noise", 0.4);
  return std::make_unique<NoisyRecall>(options, V, T, noise);
}

}  // namespace sca::experiments::ablation
