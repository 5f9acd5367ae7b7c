#include "evidence/operators/definition.hpp"
#include "reference/floating_point.hpp"

namespace sca::evidence::operators {
namespace {

struct SumOfSquares {
  static constexpr std::string_view name = "squared_norm";
  static constexpr std::string_view what = "sum x^2, in float64";
  static constexpr Size sizes[]{{"count", 1, 33, 2000}};

  static std::vector<Input> inputs(const OperatorCase& one) { return {{"x", {one.size("count")}}}; }

  template <class Real>
  static Named<Real> outputs(const Given<Real>& given) {
    const reference::FloatingPointScope wide(reference::binary64);  // whatever the inputs are
    Real sum(0);
    for (const Real& x : given["x"].data) sum = sum + Real(square(x));
    return {{"sum", {{1}, {sum}}}};
  }

  template <class Real>
  static void forward(const sca::kernels::Operators<Real>& kernels, Arguments<Real>& a) {
    kernels.squared_norm(
        {.count = a.size("count"), .x = a.in("x"), .sum = a.wide_out("sum", {1}), .threads = a.threads()});
  }
};

}  // namespace

Definition squared_norm() { return define<SumOfSquares>(); }

}  // namespace sca::evidence::operators
