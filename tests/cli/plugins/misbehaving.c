/* A plugin that does what CMakeLists.txt makes of it: LOADING and FORWARD are statements, VERSION what it says that it
   is. */
#include <stdio.h>
#include <stdlib.h>

#include "kernels/plugin.h"

/* Crashes unless it is the first one to create the file. */
static inline void crash_unless_first(const char* file) {
  FILE* mark = fopen(file, "wx");
  if (mark == NULL) abort();
  fclose(mark);
}

__attribute__((constructor)) static void loading(void) { LOADING; }

static int forward(const sca_core_forward* call) {
  (void)call;
  FORWARD;
  return 0;
}

static const sca_core_kernel kernels[] = {{"f32/misbehaving", SCA_F32, NULL, NULL, forward, NULL, NULL}};
static const sca_plugin plugin = {VERSION, 1, kernels};

const sca_plugin* sca_get_plugin(void) { return &plugin; }
