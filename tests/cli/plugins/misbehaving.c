/* A plugin that does what CMakeLists.txt makes of it: FORWARD is a statement, VERSION what it says that it is. */
#include <stdlib.h>

#include "kernels/plugin.h"

static int forward(const sca_core_forward* call) {
  (void)call;
  FORWARD;
  return 0;
}

static const sca_core_kernel kernels[] = {{"f32/misbehaving", SCA_F32, NULL, NULL, forward, NULL, NULL}};
static const sca_plugin plugin = {VERSION, 1, kernels};

const sca_plugin* sca_get_plugin(void) { return &plugin; }
