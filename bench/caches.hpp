#pragma once

namespace sca::bench {

/// The second-level cache of one core, and the largest one of the machine: as far as the system tells, else
/// usual sizes.
double private_cache_bytes();
double shared_cache_bytes();

}  // namespace sca::bench
