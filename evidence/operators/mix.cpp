#include "reference/mix.hpp"

#include <algorithm>

#include "evidence/operators/definition.hpp"

namespace sca::evidence::operators {
namespace {

struct Mix {
  static constexpr std::string_view name = "mix";
  static constexpr std::string_view what = "z = silu(causal depthwise convolution of u)";
  static constexpr Size sizes[]{
      {"B", 1, 2, 3}, {"L", 0, 9, 20, 400}, {"C", 1, 17, 40, 100}, {"ck", 1, 5, 5, 200}, {"state", 0, 1, 1}};

  static std::vector<Input> inputs(const OperatorCase& one) {
    const std::size_t C = one.size("C");
    std::vector<Input> all{{"u", {one.size("B"), one.size("L"), C}},
                           {"conv_weight", {C, 1, one.size("ck")}, Input::Kind::parameter}};
    if (one.size("state") == 1)
      all.push_back({"state", {one.size("B"), one.size("ck") - 1, C}, Input::Kind::state});
    return all;
  }

  /// Tokens first ... first + count - 1 of every sequence.
  template <class Real>
  static reference::Tensor<Real> tokens(const reference::Tensor<Real>& all, std::size_t first,
                                        std::size_t count) {
    reference::Tensor<Real> some{{all.shape[0], count, all.shape[2]}, {}};
    for (std::size_t b = 0; b < all.shape[0]; ++b) {
      for (std::size_t t = first; t < first + count; ++t) {
        const auto row = all.row(b * all.shape[1] + t, all.shape[2]);
        some.data.insert(some.data.end(), row.begin(), row.end());
      }
    }
    return some;
  }

  /// The rows of the state, and then those of u.
  template <class Real>
  static reference::Tensor<Real> continued(const reference::Tensor<Real>& state,
                                           const reference::Tensor<Real>& u) {
    reference::Tensor<Real> both{{u.shape[0], state.shape[1] + u.shape[1], u.shape[2]}, {}};
    for (std::size_t b = 0; b < u.shape[0]; ++b) {
      for (const auto* part : {&state, &u}) {
        const auto rows = part->row(b, part->shape[1] * part->shape[2]);
        both.data.insert(both.data.end(), rows.begin(), rows.end());
      }
    }
    return both;
  }

  template <class Real>
  static Named<Real> outputs(const Given<Real>& given) {
    const auto& u = given["u"];
    if (given.size("state") == 0) return {{"z", reference::mix<Real>(given["conv_weight"], u)}};
    const std::size_t kept = given.size("ck") - 1;
    const auto both = continued<Real>(given["state"], u);
    return {{"z", tokens<Real>(reference::mix<Real>(given["conv_weight"], both), kept, u.shape[1])},
            {"state.out", tokens<Real>(both, u.shape[1], kept)}};
  }

  template <class Real>
  static void forward(const sca::kernels::Operators<Real>& kernels, Arguments<Real>& a) {
    kernels.mix({.B = a.size("B"),
                 .L = a.size("L"),
                 .C = a.size("C"),
                 .ck = a.size("ck"),
                 .u = a.in("u"),
                 .conv_weight = a.in("conv_weight"),
                 .z = a.out("z", inputs(a.one())[0].shape),
                 .state = a.size("state") == 1 ? a.in_out("state") : nullptr,
                 .threads = a.threads()});
  }

  template <class Real>
  static void backward(const sca::kernels::Operators<Real>& kernels, Arguments<Real>& a) {
    if (a.size("state") == 1) return;  // only what began with zeros has one
    kernels.mix_backward({.B = a.size("B"),
                          .L = a.size("L"),
                          .C = a.size("C"),
                          .ck = a.size("ck"),
                          .u = a.in("u"),
                          .conv_weight = a.in("conv_weight"),
                          .z_gradient = a.cotangent("z", inputs(a.one())[0].shape),
                          .u_gradient = a.gradient("u"),
                          .conv_gradient = a.gradient("conv_weight", true),
                          .threads = a.threads()});
  }
};

}  // namespace

Definition mix() { return define<Mix>(); }

}  // namespace sca::evidence::operators
