#pragma once

#include "evidence/networks/results.hpp"
#include "evidence/networks/sizes.hpp"
#include "kernels/network/decoder.hpp"
#include "kernels/network/training_pass.hpp"

namespace sca::evidence::networks {

/// Everything of a hybrid model.
template <class Real>
class ModelRun {
 public:
  ModelRun(const judge::Dump& inputs, const reference::Dialect& dialect,
           const sca::kernels::Implementation<Real>& by)
      : results_(inputs),
        network_(sizes_of(inputs.model), rules_of(dialect), by),
        sequences_(static_cast<std::int64_t>(inputs.B)),
        length_(static_cast<std::int64_t>(inputs.L)),
        prefill_(static_cast<std::int64_t>(inputs.prefill)) {
    for (const sca::kernels::Parameter& one : network_.parameters())
      std::copy_n(results_.in("p." + one.name), one.count, network_.values().data() + one.offset);
    for (const double id : inputs.tensors.at("ids").values) ids_.push_back(static_cast<std::int64_t>(id));
  }

  judge::Dump run() {
    sca::kernels::TrainingPass<Real> pass(network_, sequences_, length_);
    results_.put("logits", logits_shape(), pass.forward(ids_.data()).data());
    if constexpr (std::same_as<Real, float>) {
      put_hidden(pass);
      return results_.take();
    }
    if (results_.differentiates()) {
      pass.backward_from(ids_.data(), results_.in("G"));
      for (const sca::kernels::Parameter& one : network_.parameters())
        results_.put("g." + one.name, {one.shape.begin(), one.shape.end()},
                     pass.gradient().data() + one.offset);
    }
    decode("step_logits", 0);
    if (prefill_ > 0) decode("prefill_step_logits", prefill_);
    return results_.take();
  }

 private:
  std::vector<std::size_t> logits_shape() const {
    return {static_cast<std::size_t>(sequences_), static_cast<std::size_t>(length_),
            static_cast<std::size_t>(network_.sizes().vocab)};
  }

  void put_hidden(const sca::kernels::TrainingPass<Real>& pass) {
    const auto blocks = static_cast<std::size_t>(network_.sizes().blocks);
    const auto D = static_cast<std::size_t>(network_.sizes().D());
    const std::vector<std::size_t> shape{blocks + 1, static_cast<std::size_t>(sequences_),
                                         static_cast<std::size_t>(length_), D};
    std::vector<Real> all;
    for (std::size_t i = 0; i <= blocks; ++i) {
      const auto hidden = pass.hidden(static_cast<std::int64_t>(i));
      all.insert(all.end(), hidden.begin(), hidden.end());
    }
    results_.put("i.hidden", shape, all.data());
  }

  std::vector<std::int64_t> ids_from(std::int64_t t, std::int64_t count) const {
    std::vector<std::int64_t> ids;
    for (std::int64_t b = 0; b < sequences_; ++b) {
      const auto first = ids_.begin() + b * length_ + t;
      ids.insert(ids.end(), first, first + count);
    }
    return ids;
  }

  /// `prefill` tokens at once, then one by one.
  void decode(const std::string& name, std::int64_t prefill) {
    using Decoder = sca::kernels::Decoder<Real>;
    const std::int64_t vocab = network_.sizes().vocab;
    Decoder decoder(network_, sequences_, std::max(prefill, std::int64_t{1}), Decoder::Logits::all);
    Real* all = results_.room(sequences_ * length_ * vocab);
    const auto keep = [&](const Real* logits, std::int64_t t, std::int64_t count) {
      for (std::int64_t b = 0; b < sequences_; ++b)
        std::copy_n(logits + b * count * vocab, count * vocab, all + (b * length_ + t) * vocab);
    };
    if (prefill > 0) keep(decoder.forward(ids_from(0, prefill).data(), prefill).data(), 0, prefill);
    for (std::int64_t t = prefill; t < length_; ++t) keep(decoder.step(ids_from(t, 1).data()).data(), t, 1);
    results_.put(name, logits_shape(), all);
  }

  Results<Real> results_;
  sca::kernels::Network<Real> network_;
  std::int64_t sequences_, length_, prefill_;
  std::vector<std::int64_t> ids_;
};

}  // namespace sca::evidence::networks
