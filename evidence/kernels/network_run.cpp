#include "evidence/kernels/network_run.hpp"

#include <algorithm>

#include "evidence/networks/network_case.hpp"
#include "evidence/networks/sizes.hpp"

namespace sca::evidence::kernels {
namespace {

std::unique_ptr<sca::kernels::AnyNetwork> made_network(const NetworkKernel& kernel,
                                                       const operators::OperatorCase& one,
                                                       std::int32_t threads) {
  sca::kernels::Implementation<double> by = kernel.by;
  by.threads = threads;
  return kernel.make(networks::sizes_of(networks::config_of(one)),
                     networks::rules_of(networks::dialect_of(one)), by,
                     static_cast<std::int64_t>(one.size("B")), static_cast<std::int64_t>(one.size("L")));
}

}  // namespace

NetworkRun::NetworkRun(const NetworkKernel& kernel, const Given& given, std::int32_t threads)
    : given_(given), ids_(given.integers.at("ids").data), network_(made_network(kernel, given.one, threads)) {
  set(given.numbers);
}

void NetworkRun::set(const operators::Named<double>& parameters) {
  for (const auto& [name, values] : parameters)
    std::ranges::copy(values.data, network_->values().begin() + network_->offset(name));
}

NetworkRun::Numbers NetworkRun::logits(const std::vector<std::int64_t>& ids) {
  const std::span<const double> made = network_->forward(ids.data());
  return {made.begin(), made.end()};
}

NetworkRun::Numbers NetworkRun::gradient(const std::vector<std::int64_t>& ids, const Numbers& cotangent) {
  network_->backward_from(ids.data(), cotangent.data());
  return {network_->gradient().begin(), network_->gradient().end()};
}

NetworkRun::Numbers NetworkRun::gradient() {
  return gradient(ids_, operators::cotangent(given_, "logits", networks::logits_shape(given_.one)).data);
}

NetworkRun::Tensor NetworkRun::part(const Numbers& gradient, const std::string& parameter) const {
  const Tensor& like = given_[parameter];
  const auto first = gradient.begin() + network_->offset(parameter);
  return {like.shape, {first, first + static_cast<std::ptrdiff_t>(like.data.size())}};
}

std::vector<std::int64_t> NetworkRun::ids_from(std::size_t t, std::size_t count) const {
  std::vector<std::int64_t> some;
  for (std::size_t b = 0; b < given_.size("B"); ++b) {
    const auto first = ids_.begin() + static_cast<std::ptrdiff_t>(b * given_.size("L") + t);
    some.insert(some.end(), first, first + static_cast<std::ptrdiff_t>(count));
  }
  return some;
}

NetworkRun::Numbers NetworkRun::decoded(std::size_t count, const std::vector<std::size_t>& pieces,
                                        bool again) {
  const std::size_t vocab = given_.size("vocab");
  const std::size_t longest = pieces.empty() ? 1 : std::ranges::max(pieces);
  if (again) {
    network_->reset();
  } else {
    network_->begin(static_cast<std::int64_t>(longest), false);
  }
  Numbers all(given_.size("B") * count * vocab);
  std::size_t t = 0;
  const auto keep = [&](std::span<const double> logits, std::size_t tokens) {
    for (std::size_t b = 0; b < given_.size("B"); ++b) {
      std::ranges::copy(logits.subspan(b * tokens * vocab, tokens * vocab),
                        all.begin() + static_cast<std::ptrdiff_t>((b * count + t) * vocab));
    }
    t += tokens;
  };
  for (const std::size_t tokens : pieces)
    keep(network_->decode(ids_from(t, tokens).data(), static_cast<std::int64_t>(tokens)), tokens);
  while (t < count) keep(network_->step(ids_from(t, 1).data()), 1);
  return all;
}

NetworkRun::Numbers NetworkRun::last_logits() {
  const auto L = static_cast<std::int64_t>(given_.size("L"));
  network_->begin(L, true);
  const std::span<const double> last = network_->decode(ids_.data(), L);
  return {last.begin(), last.end()};
}

}  // namespace sca::evidence::kernels
