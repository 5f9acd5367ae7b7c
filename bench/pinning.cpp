#include "bench/pinning.hpp"

#include <omp.h>

namespace sca::bench {
namespace {

/// The set that holds the index-th CPU of `all` alone.
cpu_set_t only(const cpu_set_t& all, int index) {
  cpu_set_t one;
  CPU_ZERO(&one);
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (!CPU_ISSET(cpu, &all) || index-- > 0) continue;
    CPU_SET(cpu, &one);
    break;
  }
  return one;
}

cpu_set_t usable() {
  cpu_set_t all;
  CPU_ZERO(&all);
  sched_getaffinity(0, sizeof(all), &all);
  return all;
}

}  // namespace

int usable_cpus() {
  const cpu_set_t all = usable();
  return CPU_COUNT(&all);
}

std::string openmp_text() {
  return "version " + std::to_string(_OPENMP) + ", " + std::to_string(omp_get_max_threads()) + " threads";
}

Pinning::Pinning(int threads)
    : before_(usable()), threads_(threads), pinned_(threads <= CPU_COUNT(&before_)) {
  if (!pinned_) return;
#pragma omp parallel num_threads(threads_)
  {
    const cpu_set_t one = only(before_, omp_get_thread_num());
    sched_setaffinity(0, sizeof(one), &one);
  }
}

Pinning::~Pinning() {
  if (!pinned_) return;
#pragma omp parallel num_threads(threads_)
  sched_setaffinity(0, sizeof(before_), &before_);
}

}  // namespace sca::bench
