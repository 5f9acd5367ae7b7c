#include "reference/norm.hpp"

#include "evidence/operators/definition.hpp"
#include "reference/dialect.hpp"

namespace sca::evidence::operators {
namespace {

struct Norm {
  static constexpr std::string_view name = "norm";
  static constexpr std::string_view what = "y = x / sqrt(mean x^2 + epsilon) gain";
  static constexpr Size sizes[]{{"rows", 0, 9, 40}, {"width", 1, 17, 130, 10000}, {"epsilon", 0, 1, 1}};

  static std::vector<Input> inputs(const OperatorCase& one) {
    return {{"x", {one.size("rows"), one.size("width")}},
            {"gain", {one.size("width")}, Input::Kind::parameter}};
  }

  static double epsilon(const OperatorCase& one) {
    return one.size("epsilon") == 1 ? 0.125 : reference::Dialect::released().norm_epsilon;
  }

  template <class Real>
  static Named<Real> outputs(const Given<Real>& given) {
    auto y = given["x"];
    for (std::size_t i = 0; i < given.size("rows"); ++i)
      reference::rms_norm<Real>(y.row(i, given.size("width")), given["gain"].data, epsilon(given.one));
    return {{"y", std::move(y)}};
  }

  template <class Real>
  static void forward(const sca::kernels::Operators<Real>& kernels, Arguments<Real>& a) {
    kernels.norm({.rows = a.size("rows"),
                  .width = a.size("width"),
                  .epsilon = epsilon(a.one()),
                  .x = a.in("x"),
                  .gain = a.in("gain"),
                  .y = a.out("y", inputs(a.one())[0].shape),
                  .threads = a.threads()});
  }

  template <class Real>
  static void backward(const sca::kernels::Operators<Real>& kernels, Arguments<Real>& a) {
    const bool adds = a.one().seed % 3 == 0;
    kernels.norm_backward({.rows = a.size("rows"),
                           .width = a.size("width"),
                           .epsilon = epsilon(a.one()),
                           .x = a.in("x"),
                           .gain = a.in("gain"),
                           .y_gradient = a.cotangent("y", inputs(a.one())[0].shape),
                           .x_gradient = a.gradient("x", adds),
                           .gain_gradient = a.gradient("gain", true),
                           .adds = adds,
                           .threads = a.threads()});
  }
};

}  // namespace

Definition norm() { return define<Norm>(); }

}  // namespace sca::evidence::operators
