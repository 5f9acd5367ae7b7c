#include "evidence/operators/definition.hpp"

namespace sca::evidence::operators {
namespace {

struct Sums {
  static constexpr std::string_view name = "accumulate";
  static constexpr std::string_view what = "sum + x";
  static constexpr Size sizes[]{{"count", 0, 33, 200}};

  static std::vector<Input> inputs(const OperatorCase& one) {
    return {{"x", {one.size("count")}}, {"sum", {one.size("count")}}};
  }

  template <class Real>
  static Named<Real> outputs(const Given<Real>& given) {
    auto sum = given["sum"];
    for (std::size_t i = 0; i < sum.data.size(); ++i) sum.data[i] = sum.data[i] + given["x"].data[i];
    return {{"sum.out", std::move(sum)}};
  }

  template <class Real>
  static void forward(const sca::kernels::Operators<Real>& kernels, Arguments<Real>& a) {
    kernels.accumulate({.count = a.size("count"), .x = a.in("x"), .sum = a.in_out("sum")});
  }
};

}  // namespace

Definition accumulate() { return define<Sums>(); }

}  // namespace sca::evidence::operators
