#include "evidence/operators/definition.hpp"

namespace sca::evidence::operators {
namespace {

using sca::kernels::BFloat16;

struct Projection {
  static constexpr Size sizes[]{{"rows", 1, 5, 40}, {"in", 1, 9, 70}, {"out", 1, 9, 70}, {"bias", 0, 1, 1}};

  static std::vector<Input> inputs(const OperatorCase& one) {
    std::vector<Input> all{{"x", {one.size("rows"), one.size("in")}},
                           {"weight", {one.size("out"), one.size("in")}, Input::Kind::parameter}};
    if (one.size("bias") == 1) all.push_back({"bias", {one.size("out")}, Input::Kind::parameter});
    return all;
  }

  template <class Real>
  static Named<Real> outputs(const Given<Real>& given) {
    const std::size_t in = given.size("in");
    const std::size_t out = given.size("out");
    auto y = reference::Tensor<Real>::zeros({given.size("rows"), out});
    for (std::size_t i = 0; i < given.size("rows"); ++i) {
      reference::multiply<Real>(given["weight"].data, given["x"].row(i, in), y.row(i, out));
      if (given.size("bias") == 0) continue;
      for (std::size_t j = 0; j < out; ++j) y.row(i, out)[j] += given["bias"].data[j];
    }
    return {{"y", std::move(y)}};
  }

  template <class Stored, class Real>
  static sca::kernels::LinearForward<Real, Stored> call(Arguments<Real>& a) {
    const bool adds = a.one().seed % 3 == 0;
    return {.rows = a.size("rows"),
            .in = a.size("in"),
            .out = a.size("out"),
            .x = a.in("x"),
            .weight = a.template in<Stored>("weight"),
            .bias = a.in("bias"),
            .y = a.out("y", {a.one().size("rows"), a.one().size("out")}, adds),
            .adds = adds,
            .threads = a.threads()};
  }
};

struct Linear : Projection {
  static constexpr std::string_view name = "linear";
  static constexpr std::string_view what = "y = x W^T + b";

  template <class Real>
  static void forward(const sca::kernels::Operators<Real>& kernels, Arguments<Real>& a) {
    kernels.linear(call<Real>(a));
  }

  template <class Real>
  static void backward(const sca::kernels::Operators<Real>& kernels, Arguments<Real>& a) {
    const bool adds = a.one().seed % 3 == 0;
    const Real* y_gradient = a.cotangent("y", {a.one().size("rows"), a.one().size("out")});
    kernels.linear_by_input({.rows = a.size("rows"),
                             .in = a.size("in"),
                             .out = a.size("out"),
                             .weight = a.in("weight"),
                             .y_gradient = y_gradient,
                             .x_gradient = a.gradient("x", adds),
                             .adds = adds,
                             .threads = a.threads()});
    kernels.linear_by_parameters({.rows = a.size("rows"),
                                  .in = a.size("in"),
                                  .out = a.size("out"),
                                  .x = a.in("x"),
                                  .y_gradient = y_gradient,
                                  .weight_gradient = a.gradient("weight", true),
                                  .bias_gradient = a.size("bias") == 1 ? a.gradient("bias", true) : nullptr,
                                  .threads = a.threads()});
  }
};

struct LinearBf16 : Projection {
  static constexpr std::string_view name = "linear_bf16";
  static constexpr std::string_view what = "y = x W^T + b of a weight stored as bf16";

  static std::vector<Input> inputs(const OperatorCase& one) {
    return with_bf16(Projection::inputs(one), "weight");
  }
  template <class Real>
  static void forward(const sca::kernels::Operators<Real>& kernels, Arguments<Real>& a) {
    kernels.linear_bf16(call<BFloat16>(a));
  }
};

}  // namespace

Definition linear() { return define<Linear>(); }
Definition linear_bf16() { return define<LinearBf16>(); }

}  // namespace sca::evidence::operators
