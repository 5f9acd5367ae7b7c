#include "evidence/judge/model_errors.hpp"

namespace sca::evidence::judge {
namespace {

using reference::Ball;
using reference::Bounded;
using reference::ErrorForm;
using reference::Tensor;
using reference::Upper;

/// Row b of the batch. shape: x [B, L, D] -> [1, L, D]
Tensor<Bounded> row(const Tensor<Bounded>& x, std::size_t b) {
  const auto entries = x.row(b, x.shape[1] * x.shape[2]);
  return {{1, x.shape[1], x.shape[2]}, {entries.begin(), entries.end()}};
}

/// Where the exact numbers lie, and what is computed for them.
Tensor<Ball> reach(const Tensor<Bounded>& x) {
  return reference::tensor_cast<Ball>(x, [](const Bounded& entry) {
    Ball ball = entry.value();
    ball.radius = ball.radius + entry.error();
    return ball;
  });
}

ErrorForm own_errors(const Tensor<Bounded>& x) {
  std::vector<Upper> errors;
  for (const Bounded& entry : x.data) errors.push_back(entry.error());
  return ErrorForm::source(std::move(errors));
}

void keep_smaller(const ErrorForm& errors, std::span<Bounded> x) {
  const std::vector<Upper> bounds = errors.bounds(x.size());
  for (std::size_t i = 0; i < bounds.size(); ++i)
    x[i] = Bounded::within(x[i].value(), smallest_of(bounds[i], x[i].error()));
}

}  // namespace

void ModelErrors::tighten(std::size_t i, const Tensor<Bounded>& x, Tensor<Bounded>& out) {
  const std::size_t n = x.shape[1] * x.shape[2];
  if (n > largest) return;
  rows_.resize(x.shape[0]);
  for (std::size_t b = 0; b < rows_.size(); ++b) {
    std::vector<ErrorForm>& stream = rows_[b].stream;
    if (i == 0) stream = {own_errors(row(x, b))};
    auto errors = output_errors(block(i), prefill_, reach(row(x, b)));
    stream.push_back(image(errors.by_input, stream[i]) + ErrorForm::source(std::move(errors.rounding)));
    keep_smaller(stream.back(), out.row(b, n));
  }
}

void ModelErrors::tighten_gradient(std::size_t i, const Tensor<Bounded>& x, const Tensor<Bounded>& cotangent,
                                   Tensor<Bounded>& by_x) {
  const std::size_t n = x.shape[1] * x.shape[2];
  if (n > largest) return;
  for (std::size_t b = 0; b < rows_.size(); ++b) {
    ErrorForm& gradient = rows_[b].gradient;
    if (i + 1 == config_.num_layers) gradient = own_errors(row(cotangent, b));
    auto errors = gradient_errors(block(i), reach(row(x, b)), reach(row(cotangent, b)));
    gradient = image(errors.by_input.slice(n, n), gradient) +
               image(errors.by_input.slice(0, n), rows_[b].stream[i]) +
               ErrorForm::source(std::move(errors.rounding));
    keep_smaller(gradient, by_x.row(b, n));
  }
}

}  // namespace sca::evidence::judge
