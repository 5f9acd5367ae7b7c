/* The contract of a kernel for the core operator (steps 2 to 5 of Algorithm 1, paper section 2.2.4), in plain C.
 *
 * sca's own kernels and everybody's plugins are held to the same one: a shared library that exports
 * sca_get_plugin() is run by `sca check --plugin LIB` and `sca fuzz --plugin LIB`.
 *
 * For every token t, memory head k, channel h, sample m (query head k' = k / (K / Kq), query q = q_re + i q_im):
 *
 *   gate      = softplus(score_scale_k s_tk + score_bias_k)       x itself above softplus_switch
 *   weight    = clip(gate e^{-rate_k d}, weight_low, weight_high)
 *               d = horizon - 1 - position for the first K - anchors heads, position for the last `anchors`;
 *               position counts tokens from 0, those that went into the state before included; a negative d is
 *               taken as 0 where saturate_distance is set
 *   phase     = theta_khm u,  u = x / (1 + |x|),  x = phase_scale_k key_tkh
 *   Z_k      += weight,  R_khm += weight key cos(phase),  I_khm += weight key sin(phase)
 *   o_re,o_im = sum_m omega_khm conj(q_k'hm) (R + i I)_khm / max(Z_k, weight_floor)       / sqrt(H) where over_root_h
 *
 * with three switches for what ablations compare it with: phase_km = sum_h theta_khm u_kh in all channels h of a head,
 * weight instead of weight key in R and I, no division by Z.
 *
 * Max, clip and the comparisons hand a NaN on. So a NaN among the parameters, keys and scores of a head makes that
 * head's outputs NaN from its token on (a parameter's: all of them), a NaN query those of its own token in the heads that
 * read it; nowhere before, in no other head, in no other sequence. Infinities go through the formulas as IEEE 754 says. */
#ifndef SCA_KERNELS_PLUGIN_H
#define SCA_KERNELS_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* NOLINTBEGIN(readability-identifier-naming): C's names */

#define SCA_PLUGIN_VERSION 2

/* How keys, scores, queries, outputs and their gradients are stored. Parameters, states and parameters' gradients are
 * doubles for SCA_F64 and floats for the others: "reals" below. */
typedef enum sca_dtype { SCA_F64 = 0, SCA_F32 = 1, SCA_BF16 = 2, SCA_F16 = 3 } sca_dtype;

/* Sequences, tokens, memory heads, query heads (Kq divides K), channels a head, samples a channel. B and L may be 0. */
typedef struct sca_core_shape {
  int64_t B, L, K, Kq, H, M;
} sca_core_shape;

/* The choices on which Algorithm 1 and the released code differ, as far as the core knows them. */
typedef struct sca_core_rules {
  double weight_low;      /* 0: no clamp from below */
  double weight_high;     /* infinity: none from above */
  double softplus_switch; /* infinity: none */
  double weight_floor;    /* of Z; 0: none, and 0/0 may come out */
  int64_t horizon;        /* n: decay heads count their distance towards n - 1 */
  int64_t anchors;        /* heads that decay from the start */
  int32_t saturate_distance;
  /* Without a clamp and a floor only: a decay head's state is multiplied by e^{-rate} at every token and the newest
   * weight is the gate itself, which gives the same R/Z and I/Z without under- or overflow at any length. */
  int32_t recursive_decay;
  int32_t over_root_h;
  int32_t inner_product_phase; /* the phase's sum over channels in any order: H additions besides the declared ones */
  int32_t plain_summary;       /* R and I sum weight e^{i phase} */
  int32_t unnormalised;        /* the output is not divided by Z; weight_floor says nothing */
} sca_core_rules;

/* Of reals, all contiguous: theta, omega [K, H, M]; the others [K]. */
typedef struct sca_core_parameters {
  const void *theta, *omega, *rate, *score_scale, *score_bias, *phase_scale;
} sca_core_parameters;

/* A tensor [B, L, ...]: what belongs to one token is contiguous, tokens and sequences lie strides apart, counted in
 * elements. Aligned as its element type is, to nothing more. */
typedef struct sca_tokens {
  void* data;
  int64_t sequence_stride, token_stride;
} sca_tokens;
typedef struct sca_const_tokens {
  const void* data;
  int64_t sequence_stride, token_stride;
} sca_const_tokens;

/* What a sequence is condensed to; of reals, contiguous: Z [B, K], re and im [B, K, H, M]. */
typedef struct sca_core_state {
  int64_t position; /* tokens that went in: 0 with zeros to start */
  void *weight, *re, *im;
} sca_core_state;

typedef struct sca_core_inputs {
  sca_core_shape shape;
  sca_core_rules rules;
  sca_core_parameters parameters;
  sca_const_tokens key;   /* [B, L, K, H] */
  sca_const_tokens score; /* [B, L, K] */
  sca_const_tokens query; /* [B, L, Kq, H, M, 2], real part first */
} sca_core_inputs;

typedef struct sca_core_forward {
  sca_core_inputs in;
  sca_tokens output;     /* [B, L, K, 2, H]: per head all real parts, then all imaginary ones */
  sca_core_state* state; /* continued and advanced by L tokens; NULL: starts from nothing, keeps nothing */
  void* workspace;       /* workspace_bytes(SCA_FORWARD) of it, 64-byte aligned, of any content */
  int32_t threads;       /* at most; 0: as many as the machine has. Changes no bit of any result */
} sca_core_forward;

/* Gradients of sum(output * output_gradient) by everything, from an empty state; every result is overwritten. The
 * clamps' and the floor's own derivatives: 1 inside and 0 outside, either at an edge. */
typedef struct sca_core_backward {
  sca_core_inputs in;
  sca_const_tokens output_gradient; /* [B, L, K, 2, H] */
  sca_tokens key, score, query;     /* as the inputs */
  void *theta, *omega, *rate, *score_scale, *score_bias, *phase_scale; /* as the parameters */
  void* workspace;
  int32_t threads;
} sca_core_backward;

typedef enum sca_operation { SCA_FORWARD = 0, SCA_STEP = 1, SCA_BACKWARD = 2 } sca_operation;

/* What the kernel's arithmetic promises; every bound is derived from this and from nothing else. Round to nearest, no
 * flush to zero. Elementary functions: for arguments that are floats, sin and cos within trig_error u; exp, log and
 * log1p within their error times (u |f| + underflow). */
typedef struct sca_arithmetic {
  double unit_roundoff; /* u: 2^-24 for float */
  double trig_error, exp_error, log_error;
  double underflow; /* half the smallest subnormal, or more */
  double largest;   /* largest finite number */
  /* Longest chain of additions that one term of a sum passes through, nested sums taken as one. */
  int64_t (*depth)(sca_operation, const sca_core_shape*);
} sca_arithmetic;

/* Each returns 0, or another number if it does not do this shape or these rules: nothing is written then, and the case
 * is counted as skipped. A null function: all are skipped. */
typedef struct sca_core_kernel {
  const char* name; /* PRECISION/HOW, as f32/avx2 */
  sca_dtype dtype;
  const sca_arithmetic* arithmetic; /* NULL: IEEE arithmetic of the reals' type, OpenCL's limits for the functions,
                                       additions in any order */
  size_t (*workspace_bytes)(sca_operation, const sca_core_shape*, int32_t threads); /* NULL: none */
  int (*forward)(const sca_core_forward*);
  int (*step)(const sca_core_forward*); /* L = 1, with a state */
  int (*backward)(const sca_core_backward*);
} sca_core_kernel;

typedef struct sca_plugin {
  int32_t version; /* SCA_PLUGIN_VERSION */
  int32_t count;
  const sca_core_kernel* kernels;
} sca_plugin;

/* The one symbol that a plugin exports. */
const sca_plugin* sca_get_plugin(void);

/* NOLINTEND(readability-identifier-naming) */

#ifdef __cplusplus
}
#endif

#endif
