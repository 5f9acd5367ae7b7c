#pragma once

#include <cstring>

namespace sca::kernels::cuda::fiber {

/// A place in a kernel's source. std::source_location, which clang 14 does not have with libstdc++.
struct Site {
  const char* file = "?";
  int line = 0;

  static constexpr Site current(const char* file = __builtin_FILE(), int line = __builtin_LINE()) {
    return {file, line};
  }
  bool operator==(const Site& other) const {
    // Almost always the same text in memory, too.
    return line == other.line && (file == other.file || std::strcmp(file, other.file) == 0);
  }
};

/// Ends the launch with a Fault that says what, which thread of which block, and where. The thread is left
/// where it stands: nothing is unwound. errors   Fault, at once, outside of a launch
[[noreturn]] void fail(Site where, const char* format, ...) __attribute__((format(printf, 2, 3)));

/// errors   Fault where the condition does not hold
inline void assume(bool condition, const char* text, Site where = Site::current()) {
  if (!condition) fail(where, "the assumption %s does not hold", text);
}

}  // namespace sca::kernels::cuda::fiber
