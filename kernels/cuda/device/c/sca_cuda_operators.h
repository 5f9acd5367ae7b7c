/* The kernels around the core from C, or from Python through ctypes: with the core and a library's matrix
 * products, an SCA layer. Shapes and formulas are those of kernels/operators/operators.hpp. Pointers are to
 * device memory, those to void to activations as `dtype` says (f32, bf16, f16); parameters and their
 * gradients are float32, and gradients by parameters are added to what is there. On a stream of the current
 * device, without waiting. All return 0, or -1 where CUDA fails, and sca_cuda_error() says how. */
#ifndef SCA_KERNELS_CUDA_DEVICE_C_SCA_CUDA_OPERATORS_H
#define SCA_KERNELS_CUDA_DEVICE_C_SCA_CUDA_OPERATORS_H

#include "kernels/cuda/device/c/sca_cuda.h"

#ifdef __cplusplus
extern "C" {
#endif

/* NOLINTBEGIN(readability-identifier-naming): C's names */

/* Step 1: z [B, L, C] of u [B, L, C] by weight [C, ck]; state [B, ck - 1, C] is advanced, null: zeros, and
 * nothing kept. */
int sca_cuda_mix(int64_t B, int64_t L, int64_t C, int64_t ck, const void* u, const float* weight, void* z,
                 void* state, sca_dtype dtype, sca_cuda_stream stream);
int sca_cuda_mix_backward(int64_t B, int64_t L, int64_t C, int64_t ck, const void* u, const float* weight,
                          const void* z_gradient, void* u_gradient, float* weight_gradient, void* workspace,
                          sca_dtype dtype, sca_cuda_stream stream);
/* Of the backward, on the device. */
size_t sca_cuda_mix_workspace_bytes(int64_t B, int64_t L, int64_t C, int64_t ck);

/* Step 6's norm of o [rows, width], gated before it or after it; gain [width]. */
int sca_cuda_gated_norm(int64_t rows, int64_t width, double epsilon, int gate_after, const void* o,
                        const void* gate, const float* gain, void* v, sca_dtype dtype,
                        sca_cuda_stream stream);
int sca_cuda_gated_norm_backward(int64_t rows, int64_t width, double epsilon, int gate_after, const void* o,
                                 const void* gate, const float* gain, const void* v_gradient,
                                 void* o_gradient, void* gate_gradient, float* gain_gradient, void* workspace,
                                 sca_dtype dtype, sca_cuda_stream stream);
/* A block's norm of x [rows, width]. With `adds` the gradient by x is added to what is there. */
int sca_cuda_norm(int64_t rows, int64_t width, double epsilon, const void* x, const float* gain, void* y,
                  sca_dtype dtype, sca_cuda_stream stream);
int sca_cuda_norm_backward(int64_t rows, int64_t width, double epsilon, const void* x, const float* gain,
                           const void* y_gradient, void* x_gradient, float* gain_gradient, int adds,
                           void* workspace, sca_dtype dtype, sca_cuda_stream stream);
/* Of both norms' backward, on the device. */
size_t sca_cuda_norm_workspace_bytes(int64_t rows, int64_t width);

/* y [rows, width] = a silu(b), or a sigmoid(b), of both [rows, 2 width]. Of a readout: rows = B L K, width =
 * E. */
int sca_cuda_glu(int64_t rows, int64_t width, int is_silu, const void* both, void* y, sca_dtype dtype,
                 sca_cuda_stream stream);
int sca_cuda_glu_backward(int64_t rows, int64_t width, int is_silu, const void* both, const void* y_gradient,
                          void* both_gradient, sca_dtype dtype, sca_cuda_stream stream);

/* NOLINTEND(readability-identifier-naming) */

#ifdef __cplusplus
}
#endif

#endif
