// Compositional recall: every pair (a, b) of g first keys and g second keys has a value of its own, so that
// neither key alone determines it. The g^2 triples a b v in random order, then every pair once more in a slot
// of its own (a b filler), at whose second key the value is to be predicted. Slots are drawn as in mqar;
// fillers are values, so that none re-assigns a pair of keys.
//
// source   the protocol's table; slots as in Zoology
// chance   one of the V/3 values; among those in the sequence, one of g^2

#include "experiments/tasks/families.hpp"
#include "experiments/tasks/recall.hpp"
#include "experiments/tasks/sampling.hpp"

namespace sca::experiments::ablation {
namespace {

class Cmqar : public GeneratedTask {
 public:
  Cmqar(const Options& options, std::int64_t g, std::int64_t V, std::int64_t T)
      : GeneratedTask(options), g_(g), V_(V), T_(T) {}

  std::int64_t vocab() const override { return V_; }
  std::int64_t length() const override { return T_; }
  double chance() const override { return 1 / static_cast<double>(V_ - first_value()); }
  double in_context_chance() const override { return 1 / static_cast<double>(g_ * g_); }
  std::string word(std::int64_t id) const override {
    if (id == 0) return ".";
    if (id < first_second()) return "a" + std::to_string(id);
    if (id < first_value()) return "b" + std::to_string(id - first_second());
    return "v" + std::to_string(id - first_value());
  }

 protected:
  Sequence sequence(evidence::Draws& draws, std::int64_t tokens, Part) const override {
    const std::vector<std::int64_t> firsts = distinct_ids(draws, g_, 1, first_second() - 1);
    const std::vector<std::int64_t> seconds = distinct_ids(draws, g_, first_second(), first_value() - 1);
    const std::int64_t n = g_ * g_;
    const std::vector<std::int64_t> values = distinct_ids(draws, n, first_value(), V_ - 1);
    const std::vector<std::int64_t> order = distinct_ids(draws, n, 0, n - 1);
    const std::vector<std::int64_t> slots = power_law_slots(draws, n, (tokens - 3 * n) / 3);
    Sequence result = fillers(draws, tokens, first_value(), V_ - 1);
    for (std::size_t i = 0; i < order.size(); ++i) {
      const std::int64_t first = firsts[static_cast<std::size_t>(order[i] / g_)];
      const std::int64_t second = seconds[static_cast<std::size_t>(order[i] % g_)];
      const auto query = static_cast<std::size_t>(3 * n + 3 * slots[i]);
      result.ids[3 * i] = result.ids[query] = first;
      result.ids[3 * i + 1] = result.ids[query + 1] = second;
      result.ids[3 * i + 2] = result.labels[query + 1] = values[i];
    }
    return result;
  }

 private:
  // 1 ... V/3 - 1, V/3 ... 2V/3 - 1, 2V/3 ... V - 1: first keys, second keys, values.
  std::int64_t first_second() const { return V_ / 3; }
  std::int64_t first_value() const { return 2 * V_ / 3; }

  std::int64_t g_, V_, T_;
};

}  // namespace

std::unique_ptr<const Task> cmqar_task(Options& options) {
  const std::int64_t g = options.whole("g", 3, 1, 64);
  const std::int64_t V = options.whole("V", 96, 6, 65536);
  if (g > V / 3 - 1 || g * g > V - 2 * V / 3) options.refuse("g", "g at most V/3 - 1, g^2 at most V/3");
  const std::int64_t T = options.whole("T", 6 * g * g, 6 * g * g, 65536);
  if (T % 3 != 0) options.refuse("T", "a multiple of 3");
  return std::make_unique<Cmqar>(options, g, V, T);
}

}  // namespace sca::experiments::ablation
