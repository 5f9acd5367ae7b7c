#pragma once

#include <span>

#include "kernels/cuda/ptx/run/thread.hpp"

namespace sca::kernels::cuda::ptx {

enum class Collective {
  up,
  down,
  butterfly,
  index,
  ballot,
  any,
  all,
  uniform,
  match_any,
  match_all,
  reduce,
  barrier
};

/// The lanes that take part in one collective; all of them are waiting in it.
struct Group {
  std::span<Thread> lanes;  // the whole warp
  U32 mask;

  template <class Visit>
  void each(Visit visit) const {
    for (U32 lane = 0; lane < 32; ++lane) {
      if ((mask >> lane & 1) != 0) visit(lanes[lane]);
    }
  }
};

/// The collective's results for every lane of it, from what each has contributed.
/// errors   Fault if a shuffle reads a lane that is not in the group
void exchange(Collective collective, const Group& group);

}  // namespace sca::kernels::cuda::ptx
