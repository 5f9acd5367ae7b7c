#include "reference/block_errors.hpp"

#include "reference/adjoint.hpp"
#include "reference/perturbed.hpp"

namespace sca::reference {
namespace {

/// Of the balls, whose radii are errors: more digits would tell nothing.
constexpr unsigned digits = 20;

template <class Real>
Block<Real> read(const StoredBlock& block) {
  const auto source = [&](const std::string& name, const Shape& shape) {
    return tensor_cast<Real>(block.parameters(name, shape), [](double x) {
      if constexpr (std::same_as<Real, Perturbed>) {
        return Perturbed(x);
      } else {
        return Real(Perturbed(x), constant_node);
      }
    });
  };
  return read_block<Real>(block.config, block.dialect, block.index, source);
}

Tensor<Perturbed> inputs(const Tensor<Ball>& balls) {
  return tensor_cast<Perturbed>(balls, [](const Ball& ball) { return Perturbed::input(ball); });
}

RoundingTape::Errors errors(const RoundingTape& tape, const Tensor<Perturbed>& outputs) {
  std::vector<NodeId> ids;
  for (const Perturbed& output : outputs.data) ids.push_back(output.id());
  return tape.errors(ids);
}

}  // namespace

RoundingTape::Errors output_errors(const StoredBlock& block, std::size_t prefill, const Tensor<Ball>& x) {
  const DigitsScope scope(digits);
  RoundingTape tape;
  const Perturbed::Recording recording(tape);
  const Tensor<Perturbed> input = inputs(x);
  return errors(tape, run(read<Perturbed>(block), input, prefill));
}

RoundingTape::Errors gradient_errors(const StoredBlock& block, const Tensor<Ball>& x,
                                     const Tensor<Ball>& cotangent) {
  using Real = Adjoint<Perturbed>;
  const DigitsScope scope(digits);
  RoundingTape tape;
  const Perturbed::Recording recording(tape);
  const Tensor<Perturbed> input = inputs(x);
  const Tensor<Perturbed> weights = inputs(cotangent);
  Tape<Perturbed> derivatives;
  const Tensor<Real> variable = variables(derivatives, input);
  const Real::Recording differentiation(derivatives);
  const Tensor<Real> out = run(read<Real>(block), variable, x.shape[1]);
  const Gradient<Perturbed> gradient(derivatives, std::span<const Real>(out.data),
                                     std::span<const Perturbed>(weights.data));
  return errors(tape, gradient.by(variable));
}

}  // namespace sca::reference
