#include "kernels/cuda/device/cublaslt.hpp"

#include <dlfcn.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <type_traits>

#include "tests/kernels/cuda/device/fake_cublaslt.hpp"
#include "tests/kernels/cuda/device/operands.hpp"
#if __has_include(<cublasLt.h>)
#include <cublasLt.h>  // after ours, which would take its names for theirs
#endif

namespace sca::kernels::cuda::test {
namespace {

bool is_installed() {
  for (const char* const name : {"libcublasLt.so.13", "libcublasLt.so.12", "libcublasLt.so.11"})
    if (dlopen(name, RTLD_LAZY | RTLD_LOCAL) != nullptr) return true;
  return false;
}

TEST(CublasLt, TakesWhatItIsTold) {
  if (!is_installed()) GTEST_SKIP() << "no cuBLASLt";
  ASSERT_NE(cublaslt(), nullptr);
  fake = {};
  CublasLt told = *cublaslt();  // what needs no GPU
  told.create = library.create;
  told.destroy = library.destroy;
  told.choose = [](LtHandle, LtOperation, LtLayout, LtLayout, LtLayout, LtLayout, LtPreference, int,
                   LtChoice*, int* found) { return (*found = 1) - 1; };
  told.multiply = [](LtHandle, LtOperation, const void*, const void*, LtLayout, const void*, LtLayout,
                     const void*, const void*, LtLayout, void*, LtLayout, const LtAlgorithm*, void*,
                     std::size_t, Stream) { return 15; };
  Operands all(Case{.has_a_transposed = true, .has_b_transposed = true, .has_bias = true});
  EXPECT_EQ(fault_of(told, all.product()), "multiplying 3 x [2, 4] by [4, 3]: CUBLAS_STATUS_NOT_SUPPORTED");
}

TEST(CublasLt, WithoutAGpu) {
  if (!is_installed()) GTEST_SKIP() << "no cuBLASLt";
  if (driver() != nullptr) GTEST_SKIP() << "there is a GPU";
  EXPECT_EQ(fault_of(*cublaslt(), {}), "starting cuBLASLt: CUBLAS_STATUS_NOT_INITIALIZED");
}

#if __has_include(<cublasLt.h>)

/// As the calling convention sees it: numbers by their size, pointers by what may be written through them.
template <class Ours, class Theirs>
constexpr bool passes_as() {
  if constexpr (std::is_pointer_v<Ours> && std::is_pointer_v<Theirs>) {
    using To = std::remove_pointer_t<Ours>;
    using From = std::remove_pointer_t<Theirs>;
    if (std::is_const_v<To> != std::is_const_v<From>) return false;
    if constexpr (std::is_class_v<To> || std::is_void_v<To>)
      return std::is_class_v<To> == std::is_class_v<From>;
    else
      return passes_as<std::remove_const_t<To>, std::remove_const_t<From>>();
  } else {
    constexpr bool are_integers =
        std::is_integral_v<Ours> && (std::is_integral_v<Theirs> || std::is_enum_v<Theirs>);
    return are_integers && sizeof(Ours) == sizeof(Theirs);
  }
}

template <class Ours, class Theirs>
constexpr bool is_called_as = false;
template <class Result, class... Ours, class TheirResult, class... Theirs>
requires(sizeof...(Ours) ==
         sizeof...(Theirs)) constexpr bool is_called_as<Result (*)(Ours...), TheirResult (*)(Theirs...)> =
    passes_as<Result, TheirResult>() && (passes_as<Ours, Theirs>() && ...);

static_assert(is_called_as<decltype(CublasLt::name_status), decltype(&cublasLtGetStatusName)>);
static_assert(is_called_as<decltype(CublasLt::create), decltype(&cublasLtCreate)>);
static_assert(is_called_as<decltype(CublasLt::destroy), decltype(&cublasLtDestroy)>);
static_assert(is_called_as<decltype(CublasLt::create_operation), decltype(&cublasLtMatmulDescCreate)>);
static_assert(is_called_as<decltype(CublasLt::destroy_operation), decltype(&cublasLtMatmulDescDestroy)>);
static_assert(is_called_as<decltype(CublasLt::set_operation), decltype(&cublasLtMatmulDescSetAttribute)>);
static_assert(is_called_as<decltype(CublasLt::create_layout), decltype(&cublasLtMatrixLayoutCreate)>);
static_assert(is_called_as<decltype(CublasLt::destroy_layout), decltype(&cublasLtMatrixLayoutDestroy)>);
static_assert(is_called_as<decltype(CublasLt::set_layout), decltype(&cublasLtMatrixLayoutSetAttribute)>);
static_assert(is_called_as<decltype(CublasLt::create_preference), decltype(&cublasLtMatmulPreferenceCreate)>);
static_assert(
    is_called_as<decltype(CublasLt::destroy_preference), decltype(&cublasLtMatmulPreferenceDestroy)>);
static_assert(
    is_called_as<decltype(CublasLt::set_preference), decltype(&cublasLtMatmulPreferenceSetAttribute)>);
static_assert(is_called_as<decltype(CublasLt::choose), decltype(&cublasLtMatmulAlgoGetHeuristic)>);
static_assert(is_called_as<decltype(CublasLt::multiply), decltype(&cublasLtMatmul)>);

static_assert(sizeof(LtAlgorithm) == sizeof(cublasLtMatmulAlgo_t));
static_assert(sizeof(LtChoice) == sizeof(cublasLtMatmulHeuristicResult_t));
static_assert(offsetof(LtChoice, algorithm) == offsetof(cublasLtMatmulHeuristicResult_t, algo));
static_assert(offsetof(LtChoice, status) == offsetof(cublasLtMatmulHeuristicResult_t, state));

static_assert(CUBLAS_STATUS_SUCCESS == 0 && CUBLAS_OP_N == 0 && CUBLASLT_EPILOGUE_DEFAULT == 1);
static_assert(invalid == CUBLAS_STATUS_INVALID_VALUE && lt::not_supported == CUBLAS_STATUS_NOT_SUPPORTED);
static_assert(lt::sums_in_float32 == CUBLAS_COMPUTE_32F && lt::float32 == CUDA_R_32F);
static_assert(lt::transposed == CUBLAS_OP_T && lt::epilogue_of_bias == CUBLASLT_EPILOGUE_BIAS);
static_assert(lt::transposition_of_a == CUBLASLT_MATMUL_DESC_TRANSA);
static_assert(lt::transposition_of_b == CUBLASLT_MATMUL_DESC_TRANSB);
static_assert(lt::epilogue == CUBLASLT_MATMUL_DESC_EPILOGUE && lt::bias == CUBLASLT_MATMUL_DESC_BIAS_POINTER);
static_assert(lt::batch_count == CUBLASLT_MATRIX_LAYOUT_BATCH_COUNT);
static_assert(lt::batch_step == CUBLASLT_MATRIX_LAYOUT_STRIDED_BATCH_OFFSET);
static_assert(lt::alignment_of_a == CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_A_BYTES);
static_assert(lt::alignment_of_b == CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_B_BYTES);
static_assert(lt::alignment_of_c == CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_C_BYTES);
static_assert(lt::alignment_of_d == CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_D_BYTES);

#endif

}  // namespace
}  // namespace sca::kernels::cuda::test
