#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "evidence/judge/model_errors.hpp"
#include "evidence/judge/recompute.hpp"
#include "reference/adjoint.hpp"

namespace sca::evidence::judge {

/// A part of a model, from its input to its output, on a tape of its own.
template <class Value>
class Part {
 public:
  using Real = reference::Adjoint<Value>;

  /// f(x, source of parameters), recorded if gradients are wanted.
  template <class F>
  Part(const reference::Tensor<Value>& x, const StoredParameters& stored, bool differentiates, F f) {
    const auto input = [&](const Value& value) {
      return Real(value, differentiates ? tape_.variable(value) : reference::constant_node);
    };
    x_ = reference::tensor_cast<Real>(x, input);
    const auto parameter = [&](const std::string& name, const reference::Shape& shape) {
      const auto exact = [&](double value) { return input(Value(value)); };
      return parameters_[name] = reference::tensor_cast<Real>(stored(name, shape), exact);
    };
    std::optional<typename Real::Recording> recording;
    if (differentiates) recording.emplace(tape_);
    out_ = f(x_, parameter);
  }
  Part(const Part&) = delete;
  Part& operator=(const Part&) = delete;

  reference::Tensor<Value> output() const {
    return reference::tensor_cast<Value>(out_, [](const Real& x) { return x.value(); });
  }
  /// Derivatives of sum(cotangent * output): by the input; those by parameters go to `by_name`.
  reference::Tensor<Value> gradient(const reference::Tensor<Value>& cotangent,
                                    Tensors<Value>& by_name) const {
    const reference::Gradient<Value> gradient(tape_, std::span<const Real>(out_.data),
                                              std::span<const Value>(cotangent.data));
    for (const auto& [name, values] : parameters_) by_name[name] = gradient.by(values);
    return gradient.by(x_);
  }

 private:
  reference::Tape<Value> tape_;
  std::map<std::string, reference::Tensor<Real>> parameters_;
  reference::Tensor<Real> x_;
  reference::Tensor<Real> out_;
};

/// A model from its tokens to its logits and, if wanted, back: one block after the other, each from the
/// residual stream as the evaluation has it before the block, with whatever is known of its error.
///
/// domain   `prefill` tokens at once, the others by steps; gradients only without steps
/// error    evidence/judge/model_errors.hpp for the stream and its gradient; from there to logits and
///          gradients by parameters Value's own, over one block
template <class Value>
class ModelPass {
 public:
  using Real = reference::Adjoint<Value>;
  using Tensor = reference::Tensor<Value>;

  ModelPass(const reference::ModelConfig& config, const reference::Dialect& dialect,
            const StoredParameters& stored, const reference::Ids& ids, std::size_t prefill,
            bool differentiates)
      : config_(config), ids_(ids), errors_(config, dialect, stored, prefill) {
    hidden_.push_back(embedded(stored));
    for (std::size_t i = 0; i < config.num_layers; ++i) {
      const auto block = [&](const reference::Tensor<Real>& x, const auto& source) {
        return run(reference::read_block<Real>(config, dialect, i, source), x, prefill);
      };
      append(stored, differentiates, block);
      hidden_.push_back(parts_.back()->output());
      errors_.tighten(i, hidden_[i], hidden_[i + 1]);
    }
    const auto head = [&](const reference::Tensor<Real>& x, const auto& source) {
      return reference::head(reference::Model<Real>{config, source(embedding, embedding_shape()), {}}, x);
    };
    append(stored, differentiates, head);
  }

  Tensor logits() const { return parts_.back()->output(); }

  /// Derivatives of sum(cotangent * logits) by every parameter.
  Tensors<Value> gradients(Tensor cotangent) {
    Tensors<Value> result;
    cotangent = parts_.back()->gradient(cotangent, result);
    for (std::size_t i = config_.num_layers; i-- > 0;) {
      Tensor by_hidden = parts_[i]->gradient(cotangent, result);
      errors_.tighten_gradient(i, hidden_[i], cotangent, by_hidden);
      cotangent = std::move(by_hidden);
    }
    const std::size_t D = config_.D();
    for (std::size_t i = 0; i < cotangent.data.size(); ++i) {
      Value& sum = result.at(embedding).data[ids_.data[i / D] * D + i % D];
      sum = sum + cotangent.data[i];
    }
    return result;
  }

 private:
  using Errors = std::conditional_t<std::same_as<Value, reference::Bounded>, ModelErrors, NoErrors>;
  static constexpr const char* embedding = "embedding.weight";

  reference::Shape embedding_shape() const { return {config_.vocab, config_.D()}; }

  Tensor embedded(const StoredParameters& stored) const {
    const auto weight = reference::tensor_cast<Value>(stored(embedding, embedding_shape()),
                                                      [](double x) { return Value(x); });
    return {{ids_.shape[0], ids_.shape[1], config_.D()},
            embed<Value>(reference::Model<Value>{config_, weight, {}}, ids_.data)};
  }
  template <class F>
  void append(const StoredParameters& stored, bool differentiates, F f) {
    parts_.push_back(std::make_unique<Part<Value>>(hidden_.back(), stored, differentiates, f));
  }

  const reference::ModelConfig& config_;
  const reference::Ids& ids_;
  Errors errors_;
  std::vector<Tensor> hidden_;                       // before each block
  std::vector<std::unique_ptr<Part<Value>>> parts_;  // the blocks and the head
};

}  // namespace sca::evidence::judge
