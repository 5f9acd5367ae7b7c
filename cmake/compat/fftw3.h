/* FFTW declares its quad-precision functions for g++ only. clang has __float128 too, and the library is
   the same: this header, first on clang's path (cmake/dependencies.cmake), adds the declarations. */
#pragma GCC system_header
#include_next <fftw3.h>

#if defined(__clang__) && defined(__SIZEOF_FLOAT128__) && !defined(SCA_FFTW_QUAD)
#define SCA_FFTW_QUAD
#undef FFTW_DEFINE_COMPLEX
#define FFTW_DEFINE_COMPLEX(R, C) typedef R C[2]
#ifdef __cplusplus
extern "C" {
#endif
FFTW_DEFINE_API(FFTW_MANGLE_QUAD, __float128, fftwq_complex)
#ifdef __cplusplus
}
#endif
#endif
