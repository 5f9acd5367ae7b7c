#include "evidence/kernels/crash_report.hpp"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>

namespace sca::evidence::kernels {
namespace {

constexpr std::array fatal{SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT};
std::array<struct sigaction, fatal.size()> before;

/// Fixed memory that a signal handler may read: a kernel may crash on another thread than the one that called
/// it.
struct Slot {
  std::atomic<std::size_t> length{0};  // 0: nothing under way
  std::array<char, 500> text{};
};
std::array<Slot, 1024> slots;
std::atomic<std::size_t> slots_taken{0};

Slot& slot_of_this_thread() {
  thread_local Slot& mine = slots[std::min(slots_taken++, slots.size() - 1)];
  return mine;
}

void say(const char* text, std::size_t length) {
  // Nothing can be done about what cannot be written.
  [[maybe_unused]] const ssize_t written = write(STDERR_FILENO, text, length);
}

void say(const char* text) { say(text, std::strlen(text)); }

void on_crash(int signal, siginfo_t* info, void*) {
  for (const Slot& slot : slots) {
    const std::size_t length = slot.length;
    if (length == 0) continue;
    say("\nsca: crashed, with this under way: sca replay '");
    say(slot.text.data(), length);
    say("'\n");
  }
  const std::size_t i = static_cast<std::size_t>(std::ranges::find(fatal, signal) - fatal.begin());
  sigaction(signal, &before[i], nullptr);
  if (info->si_code <= 0) raise(signal);  // sent by a process; otherwise the instruction is tried again
}

}  // namespace

void report_crashes() {
  struct sigaction action {};
  action.sa_sigaction = on_crash;
  action.sa_flags = SA_SIGINFO;
  for (std::size_t i = 0; i < fatal.size(); ++i) sigaction(fatal[i], &action, &before[i]);
}

CrashNote::CrashNote(std::string_view line) {
  Slot& slot = slot_of_this_thread();
  const std::size_t length = std::min(line.size(), slot.text.size());
  std::copy_n(line.begin(), length, slot.text.begin());
  slot.length = length;
}

CrashNote::~CrashNote() { slot_of_this_thread().length = 0; }

}  // namespace sca::evidence::kernels
