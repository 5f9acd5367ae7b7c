#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "kernels/cuda/device/driver.hpp"

namespace sca::kernels::cuda {

// What cuBLASLt hands out, and the few functions of its interface that are used here. The library is looked
// for when it is first needed, so that nothing needs its headers, and only a GPU's machine the library.
using LtHandle = struct LtContext*;
using LtOperation = struct LtMatmulDesc*;
using LtLayout = struct LtMatrixLayout*;
using LtPreference = struct LtMatmulPreference*;

/// cublasLtMatmulAlgo_t
struct LtAlgorithm {
  std::uint64_t data[8];
};

/// cublasLtMatmulHeuristicResult_t
struct LtChoice {
  LtAlgorithm algorithm;
  std::size_t workspace_bytes;
  int status;
  float waves;
  int reserved[4];
};

namespace lt {

inline constexpr int not_supported = 15;  // CUBLAS_STATUS_NOT_SUPPORTED

inline constexpr int sums_in_float32 = 68;     // CUBLAS_COMPUTE_32F: TF32 only where _FAST_TF32 asks for it
inline constexpr int float32 = 0;              // CUDA_R_32F
inline constexpr std::int32_t transposed = 1;  // CUBLAS_OP_T
inline constexpr std::uint32_t epilogue_of_bias = 4;  // CUBLASLT_EPILOGUE_BIAS

// Attributes; behind the name, what a value is.
inline constexpr int transposition_of_a = 3;  // CUBLASLT_MATMUL_DESC_TRANSA: int32_t
inline constexpr int transposition_of_b = 4;  // CUBLASLT_MATMUL_DESC_TRANSB: int32_t
inline constexpr int epilogue = 7;            // CUBLASLT_MATMUL_DESC_EPILOGUE: uint32_t
inline constexpr int bias = 8;                // CUBLASLT_MATMUL_DESC_BIAS_POINTER: const void*
inline constexpr int batch_count = 5;         // CUBLASLT_MATRIX_LAYOUT_BATCH_COUNT: int32_t
inline constexpr int batch_step = 6;          // CUBLASLT_MATRIX_LAYOUT_STRIDED_BATCH_OFFSET: int64_t
inline constexpr int alignment_of_a = 5;      // CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_A_BYTES: uint32_t
inline constexpr int alignment_of_b = 6;      // CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_B_BYTES: uint32_t
inline constexpr int alignment_of_c = 7;      // CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_C_BYTES: uint32_t
inline constexpr int alignment_of_d = 8;      // CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_D_BYTES: uint32_t

}  // namespace lt

struct CublasLt {
  const char* (*name_status)(int);
  int (*create)(LtHandle*);
  int (*destroy)(LtHandle);
  int (*create_operation)(LtOperation*, int sums_in, int scales_in);
  int (*destroy_operation)(LtOperation);
  int (*set_operation)(LtOperation, int attribute, const void*, std::size_t);
  int (*create_layout)(LtLayout*, int type, std::uint64_t rows, std::uint64_t columns, std::int64_t pitch);
  int (*destroy_layout)(LtLayout);
  int (*set_layout)(LtLayout, int attribute, const void*, std::size_t);
  int (*create_preference)(LtPreference*);
  int (*destroy_preference)(LtPreference);
  int (*set_preference)(LtPreference, int attribute, const void*, std::size_t);
  int (*choose)(LtHandle, LtOperation, LtLayout a, LtLayout b, LtLayout c, LtLayout d, LtPreference,
                int wanted, LtChoice*, int* found);
  int (*multiply)(LtHandle, LtOperation, const void* alpha, const void* a, LtLayout, const void* b, LtLayout,
                  const void* beta, const void* c, LtLayout, void* d, LtLayout, const LtAlgorithm*,
                  void* workspace, std::size_t workspace_bytes, Stream);
};

/// Null where there is no such library.
const CublasLt* cublaslt();

/// Every call of cuBLASLt goes through this.
/// errors   Fault that names what was being done, and cuBLASLt's word for what went wrong
void require(const CublasLt& library, int status, const std::string& what);

}  // namespace sca::kernels::cuda
