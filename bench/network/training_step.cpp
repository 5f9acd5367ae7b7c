#include "bench/network/training_step.hpp"

#include "evidence/hash.hpp"

namespace sca::bench {
namespace {

constexpr std::uint64_t training_seed = 1;
constexpr double learning_rate = 1e-3;

}  // namespace

TrainingStep::TrainingStep(const kernels::NetworkSizes& sizes, const kernels::Implementation<float>& by,
                           std::int64_t B, std::int64_t L)
    : network_(sizes, by, false, training_seed), pass_(*network_, B, L), optimizer_(*network_) {
  const auto vocab = static_cast<std::uint64_t>(sizes.vocab);
  for (std::uint64_t i = 0; i < static_cast<std::uint64_t>(B * L); ++i) {
    ids_.push_back(static_cast<std::int64_t>(evidence::mixed(2 * i) % vocab));
    labels_.push_back(static_cast<std::int64_t>(evidence::mixed(2 * i + 1) % vocab));
  }
}

float TrainingStep::step() {
  pass_.forward(ids_.data());
  const float loss = pass_.backward(ids_.data(), labels_.data());
  optimizer_.step(pass_.gradient(), learning_rate);
  return loss;
}

}  // namespace sca::bench
