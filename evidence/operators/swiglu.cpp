#include "evidence/operators/definition.hpp"
#include "reference/activation.hpp"

namespace sca::evidence::operators {
namespace {

struct Swiglu {
  static constexpr std::string_view name = "swiglu";
  static constexpr std::string_view what = "h = a silu(b) of (a | b)";
  static constexpr Size sizes[]{{"rows", 0, 9, 20, 400}, {"width", 1, 17, 70, 1000}};

  static std::vector<Input> inputs(const OperatorCase& one) {
    return {{"both", {one.size("rows"), 2 * one.size("width")}, Input::Kind::activation, 4}};
  }

  static reference::Shape h_shape(const OperatorCase& one) { return {one.size("rows"), one.size("width")}; }

  template <class Real>
  static Named<Real> outputs(const Given<Real>& given) {
    const std::size_t width = given.size("width");
    auto h = reference::Tensor<Real>::zeros(h_shape(given.one));
    for (std::size_t i = 0; i < given.size("rows"); ++i) {
      reference::glu<Real>(given["both"].row(i, 2 * width), h.row(i, width),
                           [](const Real& b) { return reference::silu(b); });
    }
    return {{"h", std::move(h)}};
  }

  template <class Real>
  static void forward(const sca::kernels::Operators<Real>& kernels, Arguments<Real>& a) {
    kernels.swiglu({.rows = a.size("rows"),
                    .width = a.size("width"),
                    .both = a.in("both"),
                    .h = a.out("h", h_shape(a.one())),
                    .threads = a.threads()});
  }

  template <class Real>
  static void backward(const sca::kernels::Operators<Real>& kernels, Arguments<Real>& a) {
    kernels.swiglu_backward({.rows = a.size("rows"),
                             .width = a.size("width"),
                             .both = a.in("both"),
                             .h_gradient = a.cotangent("h", h_shape(a.one())),
                             .both_gradient = a.gradient("both"),
                             .threads = a.threads()});
  }
};

}  // namespace

Definition swiglu() { return define<Swiglu>(); }

}  // namespace sca::evidence::operators
