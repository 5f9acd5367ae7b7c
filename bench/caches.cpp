#include "bench/caches.hpp"

#include <unistd.h>

namespace sca::bench {
namespace {

double told_or(long told, double usual) { return told > 0 ? static_cast<double>(told) : usual; }

}  // namespace

double private_cache_bytes() {
  constexpr double usual = 0x1p21;
#ifdef _SC_LEVEL2_CACHE_SIZE
  return told_or(sysconf(_SC_LEVEL2_CACHE_SIZE), usual);
#else
  return usual;
#endif
}

double shared_cache_bytes() {
  constexpr double usual = 0x1p25;
#ifdef _SC_LEVEL3_CACHE_SIZE
  return told_or(sysconf(_SC_LEVEL3_CACHE_SIZE), usual);
#else
  return usual;
#endif
}

}  // namespace sca::bench
