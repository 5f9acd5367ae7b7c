#include "bench/network/training_step.hpp"

#include <algorithm>
#include <cmath>

#include "evidence/hash.hpp"

namespace sca::bench {
namespace {

constexpr std::uint64_t training_seed = 1;
constexpr double largest_norm = 1;

}  // namespace

TrainingStep::TrainingStep(const kernels::NetworkSizes& sizes, const kernels::Implementation<float>& by,
                           std::int64_t B, std::int64_t L)
    : network_(sizes, by, false, training_seed),
      pass_(*network_, B, L),
      m_(network_->values().size()),
      v_(network_->values().size()) {
  for (const kernels::Parameter& one : network_->parameters()) {
    if (runs_.empty() || runs_.back().decays != one.decays) runs_.push_back({one.offset, 0, one.decays});
    runs_.back().count += one.count;
  }
  const auto vocab = static_cast<std::uint64_t>(sizes.vocab);
  for (std::uint64_t i = 0; i < static_cast<std::uint64_t>(B * L); ++i) {
    ids_.push_back(static_cast<std::int64_t>(evidence::mixed(2 * i) % vocab));
    labels_.push_back(static_cast<std::int64_t>(evidence::mixed(2 * i + 1) % vocab));
  }
}

float TrainingStep::step() {
  const kernels::Implementation<float>& by = network_->by();
  pass_.forward(ids_.data());
  const float loss = pass_.backward(ids_.data(), labels_.data());
  const auto count = static_cast<std::int64_t>(m_.size());
  double squared = 0;
  by.operators->squared_norm({count, pass_.gradient().data(), &squared, by.threads});
  const double norm = std::sqrt(squared);
  ++steps_;
  for (const Run& run : runs_) {
    by.operators->adamw({.count = run.count,
                         .step = steps_,
                         .rate = 1e-3,
                         .beta1 = 0.9,
                         .beta2 = 0.95,
                         .epsilon = 1e-8,
                         .decay = run.decays ? 0.1 : 0,
                         .scale = norm > largest_norm ? largest_norm / norm : 1,
                         .gradient = pass_.gradient().data() + run.offset,
                         .p = network_->values().data() + run.offset,
                         .m = m_.data() + run.offset,
                         .v = v_.data() + run.offset,
                         .threads = by.threads});
  }
  return loss;
}

}  // namespace sca::bench
