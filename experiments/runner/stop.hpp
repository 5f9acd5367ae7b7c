#pragma once

#include <signal.h>

namespace sca::experiments::ablation {

/// While it lives, SIGINT and SIGTERM are noted instead of ending the process. One at a time.
class StopSignals {
 public:
  StopSignals();
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  /// The last one; 0: none.
  static int caught();
  static int count();

 private:
  struct sigaction interrupt_ {
  }, terminate_{};
};

}  // namespace sca::experiments::ablation
