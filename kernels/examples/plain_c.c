/* A plugin in plain C: steps 2 to 5 of Algorithm 1 as kernels/plugin.h writes them, forward and step, on
 * floats.
 *
 *   cc -std=c11 -O2 -shared -fPIC -I <where kernels/ or sca/kernels/ is> plain_c.c -o libplain_c.so -lm
 *   sca check --plugin ./libplain_c.so
 *   sca fuzz --plugin ./libplain_c.so
 *
 * It declares no arithmetic, so it is held to the strictest honest default of floats: IEEE operations in any
 * order, and elementary functions within OpenCL's limits. */
#include <math.h>
#include <string.h>

#include "kernels/plugin.h"

/* One head of one sequence. */
typedef struct Head {
  const sca_core_inputs* in;
  int64_t b, k;
  float discount, root;
  float *weight, *re, *im; /* Z, and R + i I of shape [H, M] */
} Head;

static const float* row(const sca_const_tokens* tokens, int64_t b, int64_t t) {
  return (const float*)tokens->data + b * tokens->sequence_stride + t * tokens->token_stride;
}

static int is_anchor(const sca_core_inputs* in, int64_t k) { return k >= in->shape.K - in->rules.anchors; }

static float softplus(float x, float linear_above) {
  if (x > linear_above) return x;
  return (x > 0 ? x : 0) + log1pf(expf(-fabsf(x)));
}

/* Step 2. Comparisons are written so that a NaN stays one. */
static float weigh(const Head* head, int64_t t, int64_t position) {
  const sca_core_rules* rules = &head->in->rules;
  const sca_core_parameters* p = &head->in->parameters;
  const int64_t k = head->k;
  const float score = row(&head->in->score, head->b, t)[k];
  const float gate = softplus(((const float*)p->score_scale)[k] * score + ((const float*)p->score_bias)[k],
                              (float)rules->softplus_switch);
  int64_t distance = rules->horizon - 1 - position;
  if (is_anchor(head->in, k)) {
    distance = position;
  } else if (rules->recursive_decay) {
    distance = 0;
  } else if (rules->saturate_distance && distance < 0) {
    distance = 0;
  }
  float weight = gate * expf(-(((const float*)p->rate)[k] * (float)distance));
  if (weight < (float)rules->weight_low) weight = (float)rules->weight_low;
  if (weight > (float)rules->weight_high) weight = (float)rules->weight_high;
  return weight;
}

/* Steps 3 and 4: token t goes into the state. */
static void absorb(const Head* head, int64_t t, int64_t position) {
  const int64_t H = head->in->shape.H, M = head->in->shape.M;
  const float* theta = (const float*)head->in->parameters.theta + head->k * H * M;
  const float phase_scale = ((const float*)head->in->parameters.phase_scale)[head->k];
  const float* key = row(&head->in->key, head->b, t) + head->k * H;
  const float weight = weigh(head, t, position);
  *head->weight = head->discount * *head->weight + weight;
  for (int64_t h = 0; h < H; ++h) {
    const float x = phase_scale * key[h];
    const float u = x / (1 + fabsf(x));
    for (int64_t i = h * M; i < (h + 1) * M; ++i) {
      head->re[i] = head->discount * head->re[i] + weight * key[h] * cosf(theta[i] * u);
      head->im[i] = head->discount * head->im[i] + weight * key[h] * sinf(theta[i] * u);
    }
  }
}

/* Step 5. */
static void read_out(const Head* head, int64_t t, float* output) {
  const sca_core_shape* s = &head->in->shape;
  const float* omega = (const float*)head->in->parameters.omega + head->k * s->H * s->M;
  const float* query = row(&head->in->query, head->b, t) + head->k / (s->K / s->Kq) * s->H * s->M * 2;
  const float floor = (float)head->in->rules.weight_floor;
  const float weight = *head->weight < floor ? floor : *head->weight;
  for (int64_t h = 0; h < s->H; ++h) {
    float re = 0, im = 0;
    for (int64_t i = h * s->M; i < (h + 1) * s->M; ++i) {
      re += omega[i] * (head->re[i] / weight * query[2 * i] + head->im[i] / weight * query[2 * i + 1]);
      im += omega[i] * (head->im[i] / weight * query[2 * i] - head->re[i] / weight * query[2 * i + 1]);
    }
    output[h] = re / head->root;
    output[s->H + h] = im / head->root;
  }
}

static size_t workspace_bytes(sca_operation operation, const sca_core_shape* shape, int32_t threads) {
  (void)operation, (void)threads;
  return sizeof(float) * (size_t)(1 + 2 * shape->H * shape->M);
}

/* Forward and step are one: a step is a forward of one token that goes on from a state. */
static int forward(const sca_core_forward* call) {
  const sca_core_shape* s = &call->in.shape;
  const sca_core_rules* rules = &call->in.rules;
  if (rules->inner_product_phase || rules->plain_summary || rules->unnormalised) return 1;
  const int64_t width = s->H * s->M;
  for (int64_t i = 0; i < s->B * s->K; ++i) {
    float* own = call->workspace; /* where no state is kept, of one head after the other */
    Head head = {&call->in, i / s->K, i % s->K, 1, 1, own, own + 1, own + 1 + width};
    if (call->state) {
      head.weight = (float*)call->state->weight + i;
      head.re = (float*)call->state->re + i * width;
      head.im = (float*)call->state->im + i * width;
    } else {
      memset(own, 0, sizeof(float) * (size_t)(1 + 2 * width));
    }
    if (rules->recursive_decay && !is_anchor(&call->in, head.k))
      head.discount = expf(-((const float*)call->in.parameters.rate)[head.k]);
    if (rules->over_root_h) head.root = sqrtf((float)s->H);
    for (int64_t t = 0; t < s->L; ++t) {
      absorb(&head, t, (call->state ? call->state->position : 0) + t);
      float* token =
          (float*)call->output.data + head.b * call->output.sequence_stride + t * call->output.token_stride;
      read_out(&head, t, token + head.k * 2 * s->H);
    }
  }
  if (call->state) call->state->position += s->L;
  return 0;
}

static const sca_core_kernel kernels[] = {
    {"f32/plain_c", SCA_F32, NULL, workspace_bytes, forward, forward, NULL}};
static const sca_plugin plugin = {SCA_PLUGIN_VERSION, 1, kernels};

const sca_plugin* sca_get_plugin(void) { return &plugin; }
