#include "evidence/operators/definition.hpp"
#include "reference/fuse.hpp"

namespace sca::evidence::operators {
namespace {

struct GatedNorm {
  static constexpr std::string_view name = "gated_norm";
  static constexpr std::string_view what = "RMSNorm with a gain, gated by a SiLU before or after";
  static constexpr Size sizes[]{
      {"rows", 0, 9, 20, 400}, {"width", 1, 17, 70, 10000}, {"gate_after", 0, 1, 1}, {"epsilon", 0, 1, 1}};

  static std::vector<Input> inputs(const OperatorCase& one) {
    const reference::Shape rows{one.size("rows"), one.size("width")};
    return {{"o", rows},
            {"gate", rows, Input::Kind::activation, 4},
            {"gain", {one.size("width")}, Input::Kind::parameter}};
  }

  static reference::Dialect dialect(const OperatorCase& one) {
    using reference::Dialect;
    Dialect dialect = Dialect::released();
    dialect.gate = one.size("gate_after") == 1 ? Dialect::Gate::after_norm : Dialect::Gate::before_norm;
    if (one.size("epsilon") == 1) dialect.norm_epsilon = 0.125;
    return dialect;
  }

  template <class Real>
  static Named<Real> outputs(const Given<Real>& given) {
    const std::size_t width = given.size("width");
    auto v = given["o"];
    for (std::size_t i = 0; i < given.size("rows"); ++i) {
      reference::gated_rms_norm<Real>(dialect(given.one), given["gain"].data, given["gate"].row(i, width),
                                      v.row(i, width));
    }
    return {{"v", std::move(v)}};
  }

  template <class Real>
  static void forward(const sca::kernels::Operators<Real>& kernels, Arguments<Real>& a) {
    kernels.gated_norm({.rows = a.size("rows"),
                        .width = a.size("width"),
                        .epsilon = dialect(a.one()).norm_epsilon,
                        .gate_after = a.size("gate_after") == 1,
                        .o = a.in("o"),
                        .gate = a.in("gate"),
                        .gain = a.in("gain"),
                        .v = a.out("v", inputs(a.one())[0].shape),
                        .threads = a.threads()});
  }

  template <class Real>
  static void backward(const sca::kernels::Operators<Real>& kernels, Arguments<Real>& a) {
    kernels.gated_norm_backward({.rows = a.size("rows"),
                                 .width = a.size("width"),
                                 .epsilon = dialect(a.one()).norm_epsilon,
                                 .gate_after = a.size("gate_after") == 1,
                                 .o = a.in("o"),
                                 .gate = a.in("gate"),
                                 .gain = a.in("gain"),
                                 .v_gradient = a.cotangent("v", inputs(a.one())[0].shape),
                                 .o_gradient = a.gradient("o"),
                                 .gate_gradient = a.gradient("gate"),
                                 .gain_gradient = a.gradient("gain", true),
                                 .threads = a.threads()});
  }
};

}  // namespace

Definition gated_norm() { return define<GatedNorm>(); }

}  // namespace sca::evidence::operators
