#include "evidence/operators/definition.hpp"
#include "reference/fuse.hpp"

namespace sca::evidence::operators {
namespace {

using sca::kernels::BFloat16;

struct GatedUnits {
  static constexpr Size sizes[]{
      {"rows", 0, 10, 12}, {"K", 1, 3, 4}, {"H", 1, 6, 11}, {"out_expand", 1, 3, 3}, {"silu", 0, 1, 1}};

  static reference::LayerConfig config(const OperatorCase& one) {
    reference::LayerConfig c;
    c.K = one.size("K");
    c.H = one.size("H");
    c.E = c.H * one.size("out_expand");
    return c;
  }

  static std::vector<Input> inputs(const OperatorCase& one) {
    const reference::LayerConfig c = config(one);
    return {{"v", {one.size("rows"), c.K, 2 * c.H}},
            {"weight", {c.K, 2 * c.H, 2 * c.E}, Input::Kind::parameter}};
  }

  static reference::Shape y_shape(const OperatorCase& one) {
    return {one.size("rows"), one.size("K"), config(one).E};
  }
  static reference::Shape both_shape(const OperatorCase& one) {
    return {one.size("rows"), one.size("K"), 2 * config(one).E};
  }

  template <class Real>
  static Named<Real> outputs(const Given<Real>& given) {
    const reference::LayerConfig c = config(given.one);
    reference::Dialect dialect = reference::Dialect::released();
    if (given.size("silu") == 1) dialect.readout = reference::Dialect::Readout::silu;
    auto both = reference::Tensor<Real>::zeros(both_shape(given.one));
    auto y = reference::Tensor<Real>::zeros(y_shape(given.one));
    for (std::size_t i = 0; i < given.size("rows"); ++i) {
      const auto v = given["v"].row(i, c.K * 2 * c.H);
      for (std::size_t k = 0; k < c.K; ++k)
        reference::readout_products<Real>(c, given["weight"], v, k, both.row(i * c.K + k, 2 * c.E));
      reference::gated_linear_unit<Real>(c, dialect, given["weight"], v, y.row(i, c.K * c.E));
    }
    return {{"both", std::move(both)}, {"y", std::move(y)}};
  }

  template <class Stored, class Real>
  static sca::kernels::ReadoutForward<Real, Stored> call(Arguments<Real>& a, Real* both, Real* y) {
    return {.rows = a.size("rows"),
            .K = a.size("K"),
            .width = 2 * a.size("H"),
            .E = a.size("H") * a.size("out_expand"),
            .silu = a.size("silu") == 1,
            .v = a.in("v"),
            .weight = a.template in<Stored>("weight"),
            .both = both,
            .y = y,
            .threads = a.threads()};
  }
};

struct Readout : GatedUnits {
  static constexpr std::string_view name = "readout";
  static constexpr std::string_view what =
      "per head a gated linear unit: (a | b) = v W, y = a sigmoid(b) or a silu(b)";

  template <class Real>
  static void forward(const sca::kernels::Operators<Real>& kernels, Arguments<Real>& a) {
    kernels.readout(call<Real>(a, a.out("both", both_shape(a.one())), a.out("y", y_shape(a.one()))));
  }

  template <class Real>
  static void backward(const sca::kernels::Operators<Real>& kernels, Arguments<Real>& a) {
    Real* both = a.scratch(both_shape(a.one()));
    kernels.readout(call<Real>(a, both, a.scratch(y_shape(a.one()))));
    kernels.readout_backward({.rows = a.size("rows"),
                              .K = a.size("K"),
                              .width = 2 * a.size("H"),
                              .E = a.size("H") * a.size("out_expand"),
                              .silu = a.size("silu") == 1,
                              .v = a.in("v"),
                              .weight = a.in("weight"),
                              .both = both,
                              .y_gradient = a.cotangent("y", y_shape(a.one())),
                              .both_gradient = a.scratch(both_shape(a.one())),
                              .v_gradient = a.gradient("v"),
                              .weight_gradient = a.gradient("weight", true),
                              .threads = a.threads()});
  }
};

struct ReadoutBf16 : GatedUnits {
  static constexpr std::string_view name = "readout_bf16";
  static constexpr std::string_view what = "per head a gated linear unit of a weight stored as bf16";

  static std::vector<Input> inputs(const OperatorCase& one) {
    return with_bf16(GatedUnits::inputs(one), "weight");
  }
  template <class Real>
  static void forward(const sca::kernels::Operators<Real>& kernels, Arguments<Real>& a) {
    kernels.readout_bf16(call<BFloat16>(a, a.out("both", both_shape(a.one())), a.out("y", y_shape(a.one()))));
  }
};

}  // namespace

Definition readout() { return define<Readout>(); }
Definition readout_bf16() { return define<ReadoutBf16>(); }

}  // namespace sca::evidence::operators
