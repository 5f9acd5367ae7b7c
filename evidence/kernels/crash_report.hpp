#pragma once

#include <cstddef>
#include <string_view>

namespace sca::evidence::kernels {

/// From here on a crash of this process tells on stderr which trials were under way, and is then the crash
/// that it was.
void report_crashes();

/// What this thread is about, as long as the note lives.
///
/// domain   at most one a thread; of more than a thousand at once, and of what is longer than a line, some is
/// left out
class CrashNote {
 public:
  explicit CrashNote(std::string_view line);
  ~CrashNote();
  CrashNote(const CrashNote&) = delete;
  CrashNote& operator=(const CrashNote&) = delete;
};

}  // namespace sca::evidence::kernels
