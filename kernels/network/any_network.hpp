#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "kernels/network/decoder.hpp"
#include "kernels/network/training_pass.hpp"

namespace sca::kernels {

/// A network with its training pass and its decoder, whoever's classes they are: what a judge needs of them.
class AnyNetwork {
 public:
  AnyNetwork() = default;
  virtual ~AnyNetwork() = default;
  AnyNetwork(const AnyNetwork&) = delete;
  AnyNetwork& operator=(const AnyNetwork&) = delete;

  virtual std::span<double> values() = 0;
  /// Where the parameter of this name begins among the values.
  /// domain   there is one
  virtual std::int64_t offset(std::string_view parameter) const = 0;

  // TrainingPass
  virtual std::span<const double> forward(const std::int64_t* ids) = 0;
  virtual double backward(const std::int64_t* ids, const std::int64_t* labels) = 0;
  virtual void backward_from(const std::int64_t* ids, const double* logits_gradient) = 0;
  virtual double loss(const std::int64_t* labels) = 0;
  virtual std::span<const double> gradient() = 0;

  // Decoder, of the last `begin`
  virtual void begin(std::int64_t longest, bool last_logits) = 0;
  virtual void reset() = 0;
  virtual std::span<const double> decode(const std::int64_t* ids, std::int64_t L) = 0;
  virtual std::span<const double> step(const std::int64_t* ids) = 0;
};

/// Makes a network for B sequences of L tokens. Parameters are zeros.
using NetworkMaker = std::unique_ptr<AnyNetwork> (*)(const NetworkSizes&, const Rules&,
                                                     const Implementation<double>&, std::int64_t B,
                                                     std::int64_t L);

template <class Network, class Pass, class Decoder>
class NetworkOf final : public AnyNetwork {
 public:
  NetworkOf(const NetworkSizes& sizes, const Rules& rules, const Implementation<double>& by, std::int64_t B,
            std::int64_t L)
      : sequences_(B), network_(sizes, rules, by), pass_(network_, B, L) {}

  std::span<double> values() override { return network_.values(); }
  std::int64_t offset(std::string_view parameter) const override {
    std::int64_t at = 0;
    for (const auto& one : network_.parameters()) {
      if (one.name == parameter) at = one.offset;
    }
    return at;
  }

  std::span<const double> forward(const std::int64_t* ids) override { return pass_.forward(ids); }
  double backward(const std::int64_t* ids, const std::int64_t* labels) override {
    return pass_.backward(ids, labels);
  }
  void backward_from(const std::int64_t* ids, const double* logits_gradient) override {
    pass_.backward_from(ids, logits_gradient);
  }
  double loss(const std::int64_t* labels) override { return pass_.loss(labels); }
  std::span<const double> gradient() override { return pass_.gradient(); }

  void begin(std::int64_t longest, bool last_logits) override {
    using Logits = typename Decoder::Logits;
    decoder_.emplace(network_, sequences_, longest, last_logits ? Logits::last : Logits::all);
  }
  void reset() override { decoder_->reset(); }
  std::span<const double> decode(const std::int64_t* ids, std::int64_t L) override {
    return decoder_->forward(ids, L);
  }
  std::span<const double> step(const std::int64_t* ids) override { return decoder_->step(ids); }

 private:
  std::int64_t sequences_;
  Network network_;
  Pass pass_;
  std::optional<Decoder> decoder_;
};

template <class Network, class Pass, class Decoder>
std::unique_ptr<AnyNetwork> make_network(const NetworkSizes& sizes, const Rules& rules,
                                         const Implementation<double>& by, std::int64_t B, std::int64_t L) {
  return std::make_unique<NetworkOf<Network, Pass, Decoder>>(sizes, rules, by, B, L);
}

}  // namespace sca::kernels
