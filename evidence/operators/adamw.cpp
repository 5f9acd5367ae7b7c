#include "reference/adamw.hpp"

#include <array>

#include "evidence/hash.hpp"
#include "evidence/operators/definition.hpp"

namespace sca::evidence::operators {
namespace {

struct AdamWStep {
  static constexpr std::string_view name = "adamw";
  static constexpr std::string_view what = "one step of AdamW";
  static constexpr Size sizes[]{{"count", 1, 33, 200}, {"first", 0, 1, 1}};  // first: of all steps

  static reference::AdamWRates rates(const OperatorCase& one) {
    static constexpr std::array all{
        reference::AdamWRates{.step = 2,
                              .rate = 1e-3,
                              .beta1 = 0.9,
                              .beta2 = 0.999,
                              .epsilon = 1e-8,
                              .decay = 0.01,
                              .scale = 1},
        reference::AdamWRates{.step = 7,
                              .rate = 0.02,
                              .beta1 = 0.9,
                              .beta2 = 0.95,
                              .epsilon = 1e-8,
                              .decay = 0.1,
                              .scale = 0.3},
        reference::AdamWRates{.step = 100'000,
                              .rate = 0.1,
                              .beta1 = 0.8,
                              .beta2 = 0.99,
                              .epsilon = 0.01,
                              .decay = 0,
                              .scale = 1},
        reference::AdamWRates{
            .step = 40, .rate = 0.3, .beta1 = 0, .beta2 = 0.5, .epsilon = 1e-3, .decay = 0.5, .scale = 0.05}};
    reference::AdamWRates drawn = all[mixed(one.seed) % all.size()];
    if (one.size("first") == 1) drawn.step = 1;
    return drawn;
  }

  static std::vector<Input> inputs(const OperatorCase& one) {
    const double moments = one.size("first") == 1 ? 0 : 1;
    return {{"gradient", {one.size("count")}},
            {"p", {one.size("count")}, Input::Kind::constant},
            {"m", {one.size("count")}, Input::Kind::constant, moments},
            {"v", {one.size("count")}, Input::Kind::constant, moments, moments}};
  }

  template <class Real>
  static Named<Real> outputs(const Given<Real>& given) {
    Named<Real> all{{"p.out", given["p"]}, {"m.out", given["m"]}, {"v.out", given["v"]}};
    for (std::size_t i = 0; i < given.size("count"); ++i) {
      const reference::AdamWState<Real> before{given["p"].data[i], given["m"].data[i], given["v"].data[i]};
      const auto after = reference::adamw<Real>(rates(given.one), before, given["gradient"].data[i]);
      all["p.out"].data[i] = after.p;
      all["m.out"].data[i] = after.m;
      all["v.out"].data[i] = after.v;
    }
    return all;
  }

  template <class Real>
  static void forward(const sca::kernels::Operators<Real>& kernels, Arguments<Real>& a) {
    const reference::AdamWRates drawn = rates(a.one());
    kernels.adamw({.count = a.size("count"),
                   .step = drawn.step,
                   .rate = drawn.rate,
                   .beta1 = drawn.beta1,
                   .beta2 = drawn.beta2,
                   .epsilon = drawn.epsilon,
                   .decay = drawn.decay,
                   .scale = drawn.scale,
                   .gradient = a.in("gradient"),
                   .p = a.in_out("p"),
                   .m = a.in_out("m"),
                   .v = a.in_out("v"),
                   .threads = a.threads()});
  }
};

}  // namespace

Definition adamw() { return define<AdamWStep>(); }

}  // namespace sca::evidence::operators
