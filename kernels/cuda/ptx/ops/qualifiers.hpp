#pragma once

#include "kernels/cuda/ptx/load/instruction.hpp"
#include "kernels/cuda/ptx/load/statement.hpp"

namespace sca::kernels::cuda::ptx {

/// Where an access goes; generic if no space is named.
/// constants: may it be .const, which is global memory here?
Space take_access_space(Statement& statement, bool constants);

/// .relaxed, .acquire, .release and the like, with their scopes: is the access one that does not race with
/// its kind? .weak and .volatile are plain.
bool take_strong(Statement& statement);

/// Whatever asks caches for something: nothing here depends on it.
void ignore_cache_hints(Statement& statement);

}  // namespace sca::kernels::cuda::ptx
