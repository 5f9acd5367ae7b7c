#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/operators/arguments.hpp"
#include "evidence/operators/operator_case.hpp"
#include "kernels/operators/operators.hpp"
#include "reference/adjoint.hpp"
#include "reference/bounded.hpp"
#include "reference/multiprecision.hpp"

namespace sca::evidence::operators {

/// One of an operator's sizes, or a choice of it: what cases draw it from, and the least that still says
/// something.
struct Size {
  std::string_view name;
  std::size_t least;
  std::size_t usual;           // mostly at most this
  std::size_t most;            // now and then up to this: beyond vectors, tiles and chunks
  std::size_t written = most;  // up to this where a case is written down: beyond a GPU's blocks
};

/// A tensor that a case gives to the operator, uniform in offset + scale [-1, 1) before the regime changes
/// it.
struct Input {
  enum class Kind {
    activation,  // gradients are taken by it; regimes change it
    state,       // activations of a call before
    parameter,   // gradients are taken by it
    constant,
    integer  // uniform from `offset` to `offset + scale` - 1
  };
  std::string name;
  reference::Shape shape;
  Kind kind = Kind::activation;
  double scale = 1;
  double offset = 0;
  bool is_bf16 = false;  // rounded to bf16, and given to the kernel so

  bool is_variable() const { return kind == Kind::activation || kind == Kind::parameter; }
};

/// What a kernel that stores activations as `dtype` gets the input in.
const kernels::NumberFormat& format_of(const Input& input, sca_dtype dtype);

/// The inputs, of which the one that is called so is stored as bf16.
std::vector<Input> with_bf16(std::vector<Input> inputs, std::string_view name);

/// An operator as evidence knows it: how to make its cases, how to call a kernel, and what the reference
/// says.
struct Definition {
  std::string_view name;
  std::string_view what;
  std::vector<Size> sizes;
  std::vector<Input> (*inputs)(const OperatorCase&);
  /// Everything that the operator computes, by name, from the inputs. Derivatives are taken of the outputs
  /// that the call of the backward asks cotangents of.
  Named<reference::Adjoint<reference::Bounded>> (*bounded)(
      const Given<reference::Adjoint<reference::Bounded>>&);
  Named<double> (*plain)(const Given<double>&);
  Named<reference::Float> (*exact)(const Given<reference::Float>&);
  /// Calls a kernel. The backward may be null.
  void (*forward_f32)(const sca::kernels::Operators<float>&, Arguments<float>&);
  void (*forward_f64)(const sca::kernels::Operators<double>&, Arguments<double>&);
  void (*backward_f32)(const sca::kernels::Operators<float>&, Arguments<float>&);
  void (*backward_f64)(const sca::kernels::Operators<double>&, Arguments<double>&);
};

/// A definition from a class with static members: name, what, sizes, inputs(one), outputs<Real>(given),
/// forward<Real>(kernels, arguments) and, if the operator has one, backward<Real>(kernels, arguments).
template <class Operator>
Definition define() {
  Definition definition{Operator::name,
                        Operator::what,
                        {std::begin(Operator::sizes), std::end(Operator::sizes)},
                        Operator::inputs,
                        Operator::template outputs<reference::Adjoint<reference::Bounded>>,
                        Operator::template outputs<double>,
                        Operator::template outputs<reference::Float>,
                        Operator::template forward<float>,
                        Operator::template forward<double>,
                        nullptr,
                        nullptr};
  if constexpr (requires { &Operator::template backward<float>; }) {
    definition.backward_f32 = Operator::template backward<float>;
    definition.backward_f64 = Operator::template backward<double>;
  }
  return definition;
}

/// All operators, in the order of kernels/operators/operators.hpp.
std::span<const Definition> definitions();

/// The operator of this name, or the network that is made of them (evidence/networks/network_case.hpp), which
/// has no functions here; null: none.
const Definition* definition(std::string_view name);

Definition linear();
Definition grid();
Definition mix();
Definition gated_norm();
Definition readout();
Definition norm();
Definition position();
Definition attention();
Definition swiglu();
Definition embedding();
Definition cross_entropy();
Definition adamw();
Definition accumulate();
Definition squared_norm();
Definition linear_bf16();
Definition readout_bf16();
Definition embedding_bf16();

}  // namespace sca::evidence::operators
