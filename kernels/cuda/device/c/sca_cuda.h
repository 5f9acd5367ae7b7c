/* The CUDA kernels from C, or from Python through ctypes: calls as in kernels/plugin.h, but with pointers to
 * device memory (state: the struct itself is the host's, its arrays the device's; shapes, rules and strides
 * the host's), on a stream of the current device, without waiting. libsca_cuda.so also is a plugin: `sca fuzz
 * --plugin`. */
#ifndef SCA_KERNELS_CUDA_DEVICE_C_SCA_CUDA_H
#define SCA_KERNELS_CUDA_DEVICE_C_SCA_CUDA_H

#include "kernels/plugin.h"

#ifdef __cplusplus
extern "C" {
#endif

/* NOLINTBEGIN(readability-identifier-naming): C's names */

typedef struct CUstream_st* sca_cuda_stream;

/* Device memory that a call needs as its workspace, in bytes. */
size_t sca_cuda_workspace_bytes(sca_operation operation, const sca_core_shape* shape);

/* Steps 2 to 5 for the tokens of a call, or their gradients. Return 0; 1, with nothing launched, for rules,
 * sizes or types that there is no kernel for; -1 where CUDA fails, and sca_cuda_error() says how. */
int sca_cuda_core_forward(const sca_core_forward* call, sca_dtype dtype, sca_cuda_stream stream);
int sca_cuda_core_backward(const sca_core_backward* call, sca_dtype dtype, sca_cuda_stream stream);

/* Of the calling thread's last failure; empty if there was none. */
const char* sca_cuda_error(void);

/* NOLINTEND(readability-identifier-naming) */

#ifdef __cplusplus
}
#endif

#endif
