#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "kernels/cuda/device/products.hpp"

namespace sca::kernels::cuda::test {

inline constexpr int invalid = 7;                                         // CUBLAS_STATUS_INVALID_VALUE
inline const auto stream = reinterpret_cast<Stream>(std::uintptr_t{64});  // the fake takes no other

/// When the fake is to fail, and what it was asked for.
struct Fake {
  int until_failure = 0;    // calls; 0: none fails
  std::string failed = {};  // the function that did
  int alive = 0, products = 0, found = 1, chosen_status = 0;
  std::vector<std::uint32_t> alignments = {};  // that were promised last: of a, b, c, d
  std::vector<std::string> chosen = {};        // what algorithms were chosen for, but for the bias
};
extern Fake fake;

/// Multiplies on the host what StreamProducts may ask for, and rejects what NVIDIA's documentation forbids.
extern const CublasLt library;

/// The Fault's message where StreamProducts multiplies through these functions; empty if there is none.
std::string fault_of(const CublasLt& functions, const Product& product);

}  // namespace sca::kernels::cuda::test
