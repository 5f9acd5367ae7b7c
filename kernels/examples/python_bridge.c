/* A kernel written in Python as a plugin: my_kernel.so runs my_kernel.py, which lies beside it.
 *
 *   cc -std=c11 -O2 -shared -fPIC -I <where kernels/ or sca/kernels/ is> python_bridge.c -o my_kernel.so
 *   sca check --plugin ./my_kernel.so
 *
 * The script runs as a child, by the `python3` that is found in PATH: virtual environments, PyTorch and CUDA
 * are as ever. It calls serve() of sca_plugin.py, and sca_plugin.py and this file talk through two pipes:
 * structs as plugin.h has them, then arrays, the strides taken out. A script that dies takes this process
 * with it, which is a verdict. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kernels/plugin.h"

extern char** environ;

static FILE *to_python, *from_python;
static size_t stored_bytes, real_bytes; /* of a number */

static void put(const void* data, size_t bytes) {
  if (fwrite(data, 1, bytes, to_python) != bytes) abort();
}

static void get(void* data, size_t bytes) {
  if (fread(data, 1, bytes, from_python) != bytes) abort();
}

static void put_tokens(const sca_core_shape* s, const sca_const_tokens* tokens, int64_t width) {
  for (int64_t i = 0; i < s->B * s->L; ++i) {
    const int64_t at = i / s->L * tokens->sequence_stride + i % s->L * tokens->token_stride;
    put((const char*)tokens->data + at * (int64_t)stored_bytes, (size_t)width * stored_bytes);
  }
}

static void get_tokens(const sca_core_shape* s, const sca_tokens* tokens, int64_t width) {
  for (int64_t i = 0; i < s->B * s->L; ++i) {
    const int64_t at = i / s->L * tokens->sequence_stride + i % s->L * tokens->token_stride;
    get((char*)tokens->data + at * (int64_t)stored_bytes, (size_t)width * stored_bytes);
  }
}

static void put_reals(const void* data, int64_t count) { put(data, (size_t)count * real_bytes); }
static void get_reals(void* data, int64_t count) { get(data, (size_t)count * real_bytes); }

static void put_inputs(const sca_core_inputs* in, sca_operation operation, int has_state) {
  const sca_core_shape* s = &in->shape;
  const int32_t head[2] = {(int32_t)operation, has_state};
  put(head, sizeof head);
  put(s, sizeof *s);
  put(&in->rules, sizeof in->rules);
  put_reals(in->parameters.theta, s->K * s->H * s->M);
  put_reals(in->parameters.omega, s->K * s->H * s->M);
  put_reals(in->parameters.rate, s->K);
  put_reals(in->parameters.score_scale, s->K);
  put_reals(in->parameters.score_bias, s->K);
  put_reals(in->parameters.phase_scale, s->K);
  put_tokens(s, &in->key, s->K * s->H);
  put_tokens(s, &in->score, s->K);
  put_tokens(s, &in->query, s->Kq * s->H * s->M * 2);
}

/* Whether it was done. */
static int32_t status(void) {
  int32_t result;
  fflush(to_python);
  get(&result, sizeof result);
  return result;
}

static int run_forward(const sca_core_forward* call, sca_operation operation) {
  const sca_core_shape* s = &call->in.shape;
  sca_core_state* state = call->state;
  const int64_t width = s->B * s->K * s->H * s->M;
  put_inputs(&call->in, operation, state != NULL);
  if (state) {
    put(&state->position, sizeof state->position);
    put_reals(state->weight, s->B * s->K);
    put_reals(state->re, width);
    put_reals(state->im, width);
  }
  const int32_t refused = status();
  if (refused) return refused;
  get_tokens(s, &call->output, s->K * 2 * s->H);
  if (state) {
    get(&state->position, sizeof state->position);
    get_reals(state->weight, s->B * s->K);
    get_reals(state->re, width);
    get_reals(state->im, width);
  }
  return 0;
}

static int forward(const sca_core_forward* call) { return run_forward(call, SCA_FORWARD); }
static int step(const sca_core_forward* call) { return run_forward(call, SCA_STEP); }

static int backward(const sca_core_backward* call) {
  const sca_core_shape* s = &call->in.shape;
  put_inputs(&call->in, SCA_BACKWARD, 0);
  put_tokens(s, &call->output_gradient, s->K * 2 * s->H);
  const int32_t refused = status();
  if (refused) return refused;
  get_tokens(s, &call->key, s->K * s->H);
  get_tokens(s, &call->score, s->K);
  get_tokens(s, &call->query, s->Kq * s->H * s->M * 2);
  get_reals(call->theta, s->K * s->H * s->M);
  get_reals(call->omega, s->K * s->H * s->M);
  get_reals(call->rate, s->K);
  get_reals(call->score_scale, s->K);
  get_reals(call->score_bias, s->K);
  get_reals(call->phase_scale, s->K);
  return 0;
}

/* Starts python3 with this library's own path, but .py; 0 if that worked. */
static int start(void) {
  Dl_info self;
  static char script[4096];
  if (!dladdr((const void*)&to_python, &self) || strlen(self.dli_fname) >= sizeof script) return -1;
  strcpy(script, self.dli_fname);
  char* extension = strrchr(script, '.');
  if (!extension || strlen(extension) < 3) return -1;
  strcpy(extension, ".py");
  int in[2], out[2];
  if (pipe2(in, O_CLOEXEC) || pipe2(out, O_CLOEXEC)) return -1;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
  char* words[] = {"python3", script, NULL};
  pid_t id;
  const int error = posix_spawnp(&id, words[0], &actions, NULL, words, environ);
  posix_spawn_file_actions_destroy(&actions);
  close(in[0]);
  close(out[1]);
  to_python = fdopen(in[1], "wb");
  from_python = fdopen(out[0], "rb");
  return error;
}

const sca_plugin* sca_get_plugin(void) {
  static struct {
    char name[64];
    int32_t dtype, operations; /* a bit an operation */
  } hello;
  static sca_core_kernel kernel;
  static sca_plugin plugin = {SCA_PLUGIN_VERSION, 1, &kernel};
  if (start() || fread(&hello, sizeof hello, 1, from_python) != 1) return NULL; /* python3 has said why */
  kernel.name = hello.name;
  kernel.dtype = (sca_dtype)hello.dtype;
  if (hello.operations & 1 << SCA_FORWARD) kernel.forward = forward;
  if (hello.operations & 1 << SCA_STEP) kernel.step = step;
  if (hello.operations & 1 << SCA_BACKWARD) kernel.backward = backward;
  real_bytes = kernel.dtype == SCA_F64 ? 8 : 4;
  stored_bytes = kernel.dtype == SCA_F64 ? 8 : kernel.dtype == SCA_F32 ? 4 : 2;
  return &plugin;
}
