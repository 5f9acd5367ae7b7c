/* The plugin of plain_c.c with a mistake that looks right on small phases: a sine by the first terms of its
 * series. */
#include <math.h>

static float fast_sine(float x) { return x * (1 - x * x / 6 * (1 - x * x / 20 * (1 - x * x / 42))); }

#define sinf fast_sine
#include "plain_c.c"
