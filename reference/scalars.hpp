#pragma once

#include "reference/interval.hpp"
#include "reference/multiprecision.hpp"

// The scalars at which the heavy templates are instantiated once, in the .cpp of the same name. Others
// (autodiff, a bounded value) instantiate them where they are used.
#define SCA_FOR_EACH_SCALAR(X) \
  X(float)                     \
  X(double)                    \
  X(::sca::reference::Float)   \
  X(::sca::Interval)
