#pragma once

#include <memory>
#include <string>
#include <vector>

#include "evidence/cuda/report.hpp"
#include "kernels/cuda/ptx/runner.hpp"

namespace sca::evidence::cuda {

/// Executes kernels of kernels/cuda/library/library.cu in the PTX machine.
class LibraryMachine {
 public:
  /// errors   Fault, InputError: PTX that is not understood
  explicit LibraryMachine(const PtxText& library);

  const std::string& architecture() const { return architecture_; }
  /// Whether a kernel has .approx instructions, whose bits only a device knows.
  bool approximates(const std::string& kernel) const;
  /// y[i] = f(x[i]).
  /// share    of the errors that PTX allows .approx, at random; 0: exact values, rounded
  /// errors   Fault
  std::vector<float> run(const std::string& kernel, const std::vector<float>& x, double share);

 private:
  std::string architecture_;
  std::vector<std::string> approximating_;
  std::unique_ptr<sca::kernels::cuda::ptx::PtxRunner> machine_;
};

}  // namespace sca::evidence::cuda
