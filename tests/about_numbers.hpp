#pragma once

#include <gtest/gtest.h>

// For a test about numbers alone, which runs for half a minute or more under the sanitizers, and whose code
// shorter tests run too: sanitizers look for something else there.
#ifdef SCA_SANITIZED
#define SCA_ABOUT_NUMBERS() GTEST_SKIP() << "about numbers alone: minutes under the sanitizers"
#else
#define SCA_ABOUT_NUMBERS() static_assert(true)
#endif
