#include "experiments/runner/stop.hpp"

namespace sca::experiments::ablation {
namespace {

volatile sig_atomic_t stop_signal = 0;
volatile sig_atomic_t stop_count = 0;

void note(int signal) {
  stop_signal = signal;
  stop_count = stop_count + 1;
}

}  // namespace

StopSignals::StopSignals() {
  stop_signal = 0;
  stop_count = 0;
  struct sigaction action {};
  action.sa_handler = note;
  sigaction(SIGINT, &action, &interrupt_);
  sigaction(SIGTERM, &action, &terminate_);
}

StopSignals::~StopSignals() {
  sigaction(SIGINT, &interrupt_, nullptr);
  sigaction(SIGTERM, &terminate_, nullptr);
}

int StopSignals::caught() { return stop_signal; }
int StopSignals::count() { return stop_count; }

}  // namespace sca::experiments::ablation
