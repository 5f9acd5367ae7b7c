#pragma once

#include <sched.h>

#include <string>

namespace sca::bench {

/// While it lives, thread i of OpenMP's team is held to the i-th CPU that this process may use; the calling
/// thread is thread 0. Does nothing where there are more threads than CPUs.
class Pinning {
 public:
  explicit Pinning(int threads);
  ~Pinning();
  Pinning(const Pinning&) = delete;
  Pinning& operator=(const Pinning&) = delete;

  bool is_in_force() const { return pinned_; }

 private:
  cpu_set_t before_{};
  int threads_;
  bool pinned_;
};

/// CPUs that this process may use.
int usable_cpus();

/// OpenMP's version, as its year and month, and how many threads it would start of its own accord.
std::string openmp_text();

}  // namespace sca::bench
