#include "kernels/cuda/device/cublaslt.hpp"

#include <optional>

#include "kernels/cuda/device/function.hpp"
#include "kernels/cuda/runner.hpp"

namespace sca::kernels::cuda {
namespace {

std::optional<CublasLt> loaded(const char* name) {
  void* const library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return std::nullopt;
  CublasLt l{};
  const bool is_whole = find(library, "cublasLtGetStatusName", l.name_status) &&
                        find(library, "cublasLtCreate", l.create) &&
                        find(library, "cublasLtDestroy", l.destroy) &&
                        find(library, "cublasLtMatmulDescCreate", l.create_operation) &&
                        find(library, "cublasLtMatmulDescDestroy", l.destroy_operation) &&
                        find(library, "cublasLtMatmulDescSetAttribute", l.set_operation) &&
                        find(library, "cublasLtMatrixLayoutCreate", l.create_layout) &&
                        find(library, "cublasLtMatrixLayoutDestroy", l.destroy_layout) &&
                        find(library, "cublasLtMatrixLayoutSetAttribute", l.set_layout) &&
                        find(library, "cublasLtMatmulPreferenceCreate", l.create_preference) &&
                        find(library, "cublasLtMatmulPreferenceDestroy", l.destroy_preference) &&
                        find(library, "cublasLtMatmulPreferenceSetAttribute", l.set_preference) &&
                        find(library, "cublasLtMatmulAlgoGetHeuristic", l.choose) &&
                        find(library, "cublasLtMatmul", l.multiply);
  return is_whole ? std::optional(l) : std::nullopt;
}

std::optional<CublasLt> newest() {
  for (const char* const name : {"libcublasLt.so.13", "libcublasLt.so.12", "libcublasLt.so.11"})
    if (const std::optional<CublasLt> library = loaded(name)) return library;
  return std::nullopt;
}

}  // namespace

const CublasLt* cublaslt() {
  static const std::optional<CublasLt> one = newest();
  return one ? &*one : nullptr;
}

void require(const CublasLt& library, int status, const std::string& what) {
  if (status != 0) throw Fault(what + ": " + library.name_status(status));
}

}  // namespace sca::kernels::cuda
