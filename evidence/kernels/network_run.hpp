#pragma once

#include <memory>
#include <vector>

#include "evidence/kernels/kernel.hpp"

namespace sca::evidence::kernels {

/// A kernel's network with a case's parameters, and what a case asks of it.
class NetworkRun {
 public:
  using Given = operators::Given<double>;
  using Tensor = reference::Tensor<double>;
  using Numbers = std::vector<double>;

  NetworkRun(const NetworkKernel& kernel, const Given& given, std::int32_t threads = 1);

  /// Other parameters, of the same names and shapes.
  void set(const operators::Named<double>& parameters);

  Numbers logits(const std::vector<std::int64_t>& ids);
  Numbers logits() { return logits(ids_); }
  /// Of sum(cotangent * logits), from the last logits.
  Numbers gradient(const std::vector<std::int64_t>& ids, const Numbers& cotangent);
  /// The same with the case's own.
  Numbers gradient();
  /// The part of a gradient that belongs to one parameter.
  Tensor part(const Numbers& gradient, const std::string& parameter) const;

  /// The logits [B, count, vocab] of the first `count` tokens: pieces of so many at once, then one by one,
  /// from the beginning of a new decoder or, where `again`, of the last one after its reset.
  Numbers decoded(std::size_t count, const std::vector<std::size_t>& pieces, bool again = false);
  /// The last tokens' alone [B, vocab], of all at once.
  Numbers last_logits();

  const std::vector<std::int64_t>& ids() const { return ids_; }
  sca::kernels::AnyNetwork& network() { return *network_; }

 private:
  std::vector<std::int64_t> ids_from(std::size_t t, std::size_t count) const;

  const Given& given_;
  std::vector<std::int64_t> ids_;
  std::unique_ptr<sca::kernels::AnyNetwork> network_;
};

}  // namespace sca::evidence::kernels
