#include "reference/cross_entropy.hpp"

#include "evidence/operators/definition.hpp"

namespace sca::evidence::operators {
namespace {

/// The gradient is one of the outputs: the call gives it by itself, of the loss alone.
struct CrossEntropyLoss {
  static constexpr std::string_view name = "cross_entropy";
  static constexpr std::string_view what = "the mean surprise at the labels, and its gradient";
  static constexpr Size sizes[]{{"rows", 1, 6, 40}, {"vocab", 1, 9, 70}, {"gradient", 0, 1, 1}};

  static std::vector<Input> inputs(const OperatorCase& one) {
    // A third of the labels is negative.
    const std::size_t ignored = (one.size("vocab") + 1) / 2;
    return {{"logits", {one.size("rows"), one.size("vocab")}, Input::Kind::activation, 4},
            {"labels",
             {one.size("rows")},
             Input::Kind::integer,
             static_cast<double>(one.size("vocab") + ignored),
             -static_cast<double>(ignored)}};
  }

  template <class Real>
  static Named<Real> outputs(const Given<Real>& given) {
    auto computed =
        reference::cross_entropy<Real>(given["logits"], given.integers.find("labels")->second.data);
    Named<Real> all{{"loss", {{1}, {computed.loss}}}, {"losses", std::move(computed.losses)}};
    if (given.size("gradient") == 1) all["logits_gradient"] = std::move(computed.logits_gradient);
    return all;
  }

  template <class Real>
  static void forward(const sca::kernels::Operators<Real>& kernels, Arguments<Real>& a) {
    const std::size_t rows = a.one().size("rows");
    const reference::Shape shape{rows, a.one().size("vocab")};
    kernels.cross_entropy(
        {.rows = a.size("rows"),
         .vocab = a.size("vocab"),
         .logits = a.in("logits"),
         .labels = a.integers("labels"),
         .loss = a.real_out("loss", {1}),
         .losses = a.real_out("losses", {rows}),
         .logits_gradient = a.size("gradient") == 1 ? a.out("logits_gradient", shape) : nullptr,
         .threads = a.threads()});
  }
};

}  // namespace

Definition cross_entropy() { return define<CrossEntropyLoss>(); }

}  // namespace sca::evidence::operators
