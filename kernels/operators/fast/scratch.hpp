#pragma once

#include <cstdint>

namespace sca::kernels::fast {

/// Memory of the calling thread for `count` numbers, aligned to 64 bytes: whatever is in it, until the
/// thread's next call. Kept for that one, so that only a larger call than any before allocates.
float* scratch(std::int64_t count);

}  // namespace sca::kernels::fast
