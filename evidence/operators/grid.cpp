#include <limits>

#include "evidence/operators/definition.hpp"
#include "reference/phase.hpp"
#include "reference/weights.hpp"

namespace sca::evidence::operators {
namespace {

struct Grid {
  static constexpr std::string_view name = "grid";
  static constexpr std::string_view what = "the core's parameters from raw ones: theta, omega, rate";
  static constexpr Size sizes[]{{"decays", 0, 3, 9},   {"anchors", 0, 2, 5}, {"H", 1, 9, 33},
                                {"M", 1, 3, 9},        {"bounded", 0, 1, 1}, {"normalised", 0, 1, 1},
                                {"switched", 0, 2, 2}, {"epsilon", 0, 1, 1}, {"large", 0, 1, 1}};

  static std::vector<Input> inputs(const OperatorCase& one) {
    const reference::Shape nodes{one.size("decays") + one.size("anchors"), one.size("H"), one.size("M")};
    // 120: beyond where exponentials overflow in float32.
    return {{"theta_raw", nodes, Input::Kind::parameter, 8},
            {"omega_raw", nodes, Input::Kind::parameter, one.size("large") == 1 ? 120.0 : 6.0},
            {"decay_slopes", {one.size("decays")}, Input::Kind::parameter, 30},
            {"anchor_slopes", {one.size("anchors")}, Input::Kind::parameter, 30}};
  }

  static reference::Dialect dialect(const OperatorCase& one) {
    using reference::Dialect;
    Dialect dialect = Dialect::released();
    if (one.size("bounded") == 0) dialect.theta = Dialect::Theta::direct;
    if (one.size("normalised") == 0) dialect.omega = Dialect::Omega::direct;
    // 2 and 1/8: what float32 does not round away.
    if (one.size("switched") == 0) dialect.softplus_switch.reset();
    if (one.size("switched") == 2) dialect.softplus_switch = 2;
    if (one.size("epsilon") == 1) dialect.omega_epsilon = 0.125;
    return dialect;
  }

  static sca::kernels::GridRules rules(const OperatorCase& one) {
    const reference::Dialect d = dialect(one);
    return {.theta_is_bounded = d.theta == reference::Dialect::Theta::bounded,
            .theta_floor = d.theta_floor,
            .theta_span = d.theta_span,
            .theta_increment = d.theta_increment,
            .omega_is_normalised = d.omega == reference::Dialect::Omega::normalised,
            .omega_epsilon = d.omega_epsilon,
            .softplus_switch = d.softplus_switch.value_or(std::numeric_limits<double>::infinity())};
  }

  template <class Real>
  static Named<Real> outputs(const Given<Real>& given) {
    reference::LayerConfig c;
    c.K = given.size("decays") + given.size("anchors");
    c.anchors = given.size("anchors");
    c.H = given.size("H");
    c.M = given.size("M");
    reference::LayerParameters<Real> p;
    p.theta_raw = given["theta_raw"];
    p.w_int_raw = given["omega_raw"];
    p.decay_slopes = given["decay_slopes"];
    p.anchor_slopes = given["anchor_slopes"];
    auto grid = reference::spectral_grid<Real>(c, dialect(given.one), p);
    return {{"theta", std::move(grid.theta)},
            {"omega", std::move(grid.omega)},
            {"rate", {{c.K}, reference::decay_rates<Real>(c, dialect(given.one), p)}}};
  }

  template <class Real>
  static void forward(const sca::kernels::Operators<Real>& kernels, Arguments<Real>& a) {
    const reference::Shape nodes = inputs(a.one())[0].shape;
    kernels.grid({.K = a.size("decays") + a.size("anchors"),
                  .H = a.size("H"),
                  .M = a.size("M"),
                  .anchors = a.size("anchors"),
                  .rules = rules(a.one()),
                  .theta_raw = a.in("theta_raw"),
                  .omega_raw = a.in("omega_raw"),
                  .decay_slopes = a.in("decay_slopes"),
                  .anchor_slopes = a.in("anchor_slopes"),
                  .theta = a.real_out("theta", nodes),
                  .omega = a.real_out("omega", nodes),
                  .rate = a.real_out("rate", {nodes[0]})});
  }

  template <class Real>
  static void backward(const sca::kernels::Operators<Real>& kernels, Arguments<Real>& a) {
    const reference::Shape nodes = inputs(a.one())[0].shape;
    kernels.grid_backward({.K = a.size("decays") + a.size("anchors"),
                           .H = a.size("H"),
                           .M = a.size("M"),
                           .anchors = a.size("anchors"),
                           .rules = rules(a.one()),
                           .theta_raw = a.in("theta_raw"),
                           .omega_raw = a.in("omega_raw"),
                           .decay_slopes = a.in("decay_slopes"),
                           .anchor_slopes = a.in("anchor_slopes"),
                           .theta_gradient = a.cotangent("theta", nodes),
                           .omega_gradient = a.cotangent("omega", nodes),
                           .rate_gradient = a.cotangent("rate", {nodes[0]}),
                           .theta_raw_gradient = a.gradient("theta_raw", true),
                           .omega_raw_gradient = a.gradient("omega_raw", true),
                           .decay_slopes_gradient = a.gradient("decay_slopes", true),
                           .anchor_slopes_gradient = a.gradient("anchor_slopes", true)});
  }
};

}  // namespace

Definition grid() { return define<Grid>(); }

}  // namespace sca::evidence::operators
