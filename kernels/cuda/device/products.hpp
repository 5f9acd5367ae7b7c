#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <type_traits>

#include "kernels/cuda/device/cublaslt.hpp"
#include "kernels/cuda/products.hpp"

namespace sca::kernels::cuda {

/// What cuBLASLt hands out, until this ends. What it says to that is not heard: nothing could be done about
/// it.
template <class Handle>
using Owned = std::unique_ptr<std::remove_pointer_t<Handle>, int (*)(Handle)>;

/// Multiplies through cuBLASLt on a stream of the current device, and does not wait. How is asked for once
/// for products that differ in nothing but where their matrices are: asking takes longer than a small
/// product.
///
/// errors   Fault where `inner` is 0 and something would have to be written: cuBLASLt knows no empty sum
class StreamProducts final : public Products {
 public:
  /// domain   the library outlives this; the stream's context is current here and whenever something is
  ///          multiplied
  /// errors   Fault
  StreamProducts(const CublasLt& library, Stream stream);

  void multiply(const Product& product) override;

 private:
  using Asked = std::array<std::int64_t, 15>;  // all that a choice depends on

  const CublasLt& library_;
  Owned<LtHandle> handle_;
  Stream stream_;
  std::map<Asked, LtAlgorithm> chosen_;
};

}  // namespace sca::kernels::cuda
