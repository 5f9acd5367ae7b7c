#pragma once

#include "kernels/cuda/products.hpp"
#include "kernels/cuda/runner.hpp"

namespace sca::kernels::cuda {

/// Multiplies what is on a runner here, plainly: so that what stands between products can be executed without
/// a GPU's library.
class PlainProducts final : public Products {
 public:
  explicit PlainProducts(Runner& runner) : runner_(runner) {}

  void multiply(const Product& product) override;

 private:
  Runner& runner_;
};

}  // namespace sca::kernels::cuda
