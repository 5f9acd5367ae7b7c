// Selective copying: N tokens of V - 2 at random places among blanks, a copy token, then N blanks, at which
// the tokens are to be predicted in their order. Places are uniform here; MAD inserts blanks one by one,
// which leaves none between the last token and the copy token.
//
// source   Poli et al. 2024, Mechanistic design and scaling of hybrid architectures (MAD);
//          github.com/athms/mad-lab, mad/data/instances.py
// chance   one of the V - 2 tokens; one of the N that stand in the sequence is right as often as it is the
// same one
//          or, by chance, equal

#include <algorithm>

#include "experiments/tasks/families.hpp"
#include "experiments/tasks/generated.hpp"
#include "experiments/tasks/sampling.hpp"

namespace sca::experiments::ablation {
namespace {

class SelectiveCopy : public GeneratedTask {
 public:
  SelectiveCopy(const Options& options, std::int64_t N, std::int64_t V, std::int64_t T)
      : GeneratedTask(options), N_(N), V_(V), T_(T) {}

  std::int64_t vocab() const override { return V_; }
  std::int64_t length() const override { return T_; }
  double chance() const override { return 1 / static_cast<double>(V_ - 2); }
  double in_context_chance() const override {
    const auto N = static_cast<double>(N_);
    return 1 / N + (1 - 1 / N) * chance();
  }
  std::string word(std::int64_t id) const override {
    return id == blank() ? "_" : id == copy() ? "copy" : "x" + std::to_string(id);
  }

 protected:
  Sequence sequence(evidence::Draws& draws, std::int64_t tokens, Part) const override {
    Sequence result;
    result.ids.assign(static_cast<std::size_t>(tokens), blank());
    result.labels.assign(result.ids.size(), not_asked);
    const std::int64_t asked = tokens - N_;
    result.ids[static_cast<std::size_t>(asked - 1)] = copy();
    std::vector<std::int64_t> places = distinct_ids(draws, N_, 0, asked - 2);
    std::ranges::sort(places);
    for (std::int64_t i = 0; i < N_; ++i) {
      const std::int64_t token = id_draw(draws, 0, V_ - 3);
      result.ids[static_cast<std::size_t>(places[static_cast<std::size_t>(i)])] = token;
      result.labels[static_cast<std::size_t>(asked + i)] = token;
    }
    return result;
  }

 private:
  std::int64_t blank() const { return V_ - 2; }
  std::int64_t copy() const { return V_ - 1; }

  std::int64_t N_, V_, T_;
};

}  // namespace

std::unique_ptr<const Task> selcopy_task(Options& options) {
  const std::int64_t N = options.whole("N", 8, 1, 4096);
  const std::int64_t V = options.whole("V", 16, 3, 65536);
  const std::int64_t T = options.whole("T", 8 * N, 2 * N + 1, 65536);
  return std::make_unique<SelectiveCopy>(options, N, V, T);
}

}  // namespace sca::experiments::ablation
