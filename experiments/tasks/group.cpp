// Running product in a finite group: every token is an element, every label the product of all elements up to
// and with it, x1 x2 ... xt. Z2 is parity. Trained at one length (32), evaluated at one, two and four times
// that length, 2^14 labels each and each a group of labels of its own: the headline is the trained length's.
//
// source   the protocol's table; state tracking as in Merrill, Petty, Sabharwal 2024 (A5, Z60, A4 x Z5)
// chance   1/|G|

#include "experiments/tasks/families.hpp"
#include "experiments/tasks/finite_group.hpp"
#include "experiments/tasks/generated.hpp"
#include "experiments/tasks/sampling.hpp"

namespace sca::experiments::ablation {
namespace {

class RunningProduct : public GeneratedTask {
 public:
  RunningProduct(const Options& options, FiniteGroup group, std::int64_t T)
      : GeneratedTask(options), group_(std::move(group)), T_(T) {}

  std::int64_t vocab() const override { return static_cast<std::int64_t>(group_.order()); }
  std::int64_t length() const override { return T_; }
  std::int64_t longest() const override { return 4 * T_; }
  double chance() const override { return 1 / static_cast<double>(group_.order()); }
  std::vector<std::string> groups() const override {
    std::vector<std::string> names;
    for (const std::int64_t tokens : evaluated_lengths()) names.push_back("T=" + std::to_string(tokens));
    return names;
  }
  std::size_t headline_groups() const override { return 1; }  // the length that was trained
  std::string word(std::int64_t id) const override {
    return group_.elements.at(static_cast<std::size_t>(id));
  }

 protected:
  std::vector<std::int64_t> evaluated_lengths() const override { return {T_, 2 * T_, 4 * T_}; }

  Sequence sequence(evidence::Draws& draws, std::int64_t tokens, Part) const override {
    Sequence result;
    std::size_t product = 0;
    for (std::int64_t t = 0; t < tokens; ++t) {
      const std::size_t element = draws.within(0, group_.order() - 1);
      product = group_.product(product, element);
      result.ids.push_back(static_cast<std::int64_t>(element));
      result.labels.push_back(static_cast<std::int64_t>(product));
      result.groups.push_back(tokens == T_ ? 0 : tokens == 2 * T_ ? 1 : 2);
    }
    return result;
  }

 private:
  FiniteGroup group_;
  std::int64_t T_;
};

FiniteGroup group_called(const std::string& name) {
  if (name == "Z2") return cyclic_group(2);
  if (name == "S3") return symmetric_group(3);
  if (name == "A5") return alternating_group(5);
  if (name == "Z60") return cyclic_group(60);
  return direct_product(alternating_group(4), cyclic_group(5));
}

}  // namespace

std::unique_ptr<const Task> group_task(Options& options) {
  const std::string name = options.choice("G", {"Z2", "S3", "A5", "Z60", "A4xZ5"});
  const std::int64_t T = options.whole("T", 32, 1, 16384);
  return std::make_unique<RunningProduct>(options, group_called(name), T);
}

}  // namespace sca::experiments::ablation
