#pragma once

#include <functional>
#include <string>
#include <vector>

#include "reference/block_errors.hpp"
#include "reference/bounded.hpp"
#include "reference/error_form.hpp"

namespace sca::evidence::judge {

using StoredParameters =
    std::function<reference::Tensor<double>(const std::string& name, const reference::Shape& shape)>;

/// Bounds of a model's residual stream h and of its gradient g that do not compound over blocks as running
/// bounds do, block by block, in the arithmetic in force.
///
/// domain   an evaluation that has h and g between blocks as numbers; L D up to `largest`, beyond which
///          running bounds are left as they are: the time goes with its third power
/// error    Block i computes h_i from what was computed for h_{i-1}: its error is e_i = J_i e_{i-1} + d_i,
///          with J_i the block's derivative averaged between the two inputs and d_i what its own roundings
///          come to. So e_n = sum_j (J_n ... J_{j+1}) d_j. J_i is enclosed over a ball around h_{i-1} that
///          holds both inputs, d_i bounded for all of them, and the products are enclosed as products. The
///          gradient g_{i-1} = F_i(h_{i-1}, g_i) is another such map: its error is A_i e_{i-1} + J_i^T e'_i +
///          d'_i, with e' that of g and A_i F_i's averaged derivative by h.
/// source   reference/rounding_tape.hpp, for one block; R. Moore: Interval Analysis (1966), the mean value
/// form
class ModelErrors {
 public:
  static constexpr std::size_t largest = 1024;

  ModelErrors(const reference::ModelConfig& config, const reference::Dialect& dialect,
              StoredParameters parameters, std::size_t prefill)
      : config_(config), dialect_(dialect), parameters_(std::move(parameters)), prefill_(prefill) {}

  /// `out` is block i of x: its entries get the smaller of their bounds. Blocks 0, 1, ….
  void tighten(std::size_t i, const reference::Tensor<reference::Bounded>& x,
               reference::Tensor<reference::Bounded>& out);
  /// `by_x` is the gradient by x, from the cotangent of block i's output. Blocks …, 1, 0.
  void tighten_gradient(std::size_t i, const reference::Tensor<reference::Bounded>& x,
                        const reference::Tensor<reference::Bounded>& cotangent,
                        reference::Tensor<reference::Bounded>& by_x);

 private:
  reference::StoredBlock block(std::size_t i) const { return {config_, dialect_, i, parameters_}; }

  const reference::ModelConfig& config_;
  const reference::Dialect& dialect_;
  StoredParameters parameters_;
  std::size_t prefill_;
  /// Of one row of the batch: rows do not touch each other.
  struct Row {
    std::vector<reference::ErrorForm> stream;  // of h, before each block and behind the last one so far
    reference::ErrorForm gradient;             // of g, behind the last one so far
  };
  std::vector<Row> rows_;
};

/// The same for plain numbers, which have no bounds.
struct NoErrors {
  template <class... Arguments>
  explicit NoErrors(Arguments&&...) {}
  template <class Tensor>
  void tighten(std::size_t, const Tensor&, Tensor&) {}
  template <class Tensor>
  void tighten_gradient(std::size_t, const Tensor&, const Tensor&, Tensor&) {}
};

}  // namespace sca::evidence::judge
