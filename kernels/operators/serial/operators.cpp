#include "kernels/operators/serial/operators.hpp"

#include "kernels/operators/serial/table.hpp"

namespace sca::kernels::serial {

const Operators<float>& f32_operators() {
  static constexpr Operators<float> table = operators<float>("f32/serial");
  return table;
}

const Operators<double>& f64_operators() {
  static constexpr Operators<double> table = operators<double>("f64/serial");
  return table;
}

}  // namespace sca::kernels::serial
