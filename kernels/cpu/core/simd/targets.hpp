#pragma once

// Which of Highway's targets are compiled: those with a kernel name of their own. To be included before
// Highway.
#define HWY_DISABLED_TARGETS (HWY_SSSE3 | HWY_AVX3_DL)
